package org.rapport.policy.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.UriType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SentDraftTest {

    private static Parameters sent() {
        var sent = new Parameters();
        sent.addParameter("uri", new UriType("https://house.example/privacy"));
        sent.addParameter("version", new StringType("1"));
        sent.addParameter("effective", new DateTimeType("2027-01-01T00:00:00Z"));
        sent.addParameter().setName("text");
        sent.addParameter().setName("text");
        return sent;
    }

    @Test
    void passesWhatIsKnown() {
        assertThat(SentDraft.fault(sent())).isEmpty();
    }

    @Test
    void takesNothingForNowThatIsNoTime() {
        var sent = sent();
        for (var value : List.of(new StringType("2027-01-01"), new DateType("2027-01-01"))) {
            sent.getParameter().get(2).setValue(value);
            assertThat(SentDraft.fault(sent))
                    .hasValueSatisfying(fault -> assertThat(fault).contains("valueDateTime"));
        }
    }

    @Test
    void leavesNothingOutSilently() {
        assertThat(SentDraft.fault(sent().addParameter("version", new StringType("2"))))
                .contains("Send version once");
        assertThat(SentDraft.fault(sent().addParameter("effect", new StringType("2027"))))
                .hasValueSatisfying(fault -> assertThat(fault).contains("nothing else"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"contenttype", "content"})
    void leavesNothingOfATextOutSilently(String name) {
        var sent = sent();
        var text = sent.getParameter().get(3);
        text.addPart().setName("content").setValue(new StringType("We keep"));
        assertThat(SentDraft.fault(sent)).isEmpty();
        text.addPart().setName(name).setValue(new StringType("text/markdown"));
        assertThat(SentDraft.fault(sent))
                .hasValueSatisfying(fault -> assertThat(fault).contains("of a text, each once"));
    }
}
