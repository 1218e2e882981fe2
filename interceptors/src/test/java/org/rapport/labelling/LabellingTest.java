package org.rapport.labelling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Meta;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rapport.consent.fhir.CodeSystems;
import org.rapport.consent.fhir.ResourceReader;

class LabellingTest {

    private final Labelling labelling = new Labelling(LabelLists.shipped());

    @ParameterizedTest(name = "{0} {1} is labelled {2}")
    @CsvSource({
        "http://loinc.org,                  75622-1,  HIV",
        "http://hl7.org/fhir/sid/icd-10-cm, F32.1,    PSY",
        "http://hl7.org/fhir/sid/icd-10-cm, F14.10,   ETH",
        "http://hl7.org/fhir/sid/icd-10-cm, T74.11XA, SDV",
        "http://hl7.org/fhir/sid/icd-10,    F10.2,    ETHUD",
        "http://snomed.info/sct,            75544000, OPIOIDUD",
    })
    void labelsSensitiveCodes(String system, String code, String label) {
        var condition = condition(system, code);
        labelling.label(condition);
        assertThat(ResourceReader.labels(condition.getMeta())).containsExactlyInAnyOrder("R", label);
    }

    @Test
    void addsNothingWhereNothingIsSensitive() {
        var condition = condition("http://hl7.org/fhir/sid/icd-10", "J45");
        labelling.label(condition);
        assertThat(condition.getMeta().isEmpty()).isTrue();
    }

    @Test
    void keepsTheLabelsOfTheLastVersionWhenTheNewOneStatesNone() {
        var before = labelled("R", "PSY");
        var after = condition("http://hl7.org/fhir/sid/icd-10", "J45");
        labelling.label(before, after);
        assertThat(ResourceReader.labels(after.getMeta())).containsExactlyInAnyOrder("R", "PSY");
    }

    @Test
    void inheritsWhatIsNoLabelFromNobody() {
        var told = labelled("R", "PSY");
        told.getMeta().addSecurity().setSystem("http://terminology.hl7.org/CodeSystem/v3-Confidentiality");
        told.getMeta().addSecurity().setSystem("http://ours").setCode("X1");
        var teller = labelled("N", "R");
        Labelling.inherit(told, teller);
        assertThat(teller.getMeta().getSecurity()).extracting(Coding::getCode).containsExactly("N", "R", "PSY");
    }

    @Nested
    class Lowers {

        @ParameterizedTest(name = "from {0} to {1}: {2}")
        @CsvSource({
            "R,     N,     true",
            "R,     R,     false",
            "R,     V,     false",
            "R PSY, R,     true",
            "R PSY, PSY,   true",
            "N,     R PSY, false",
            "R PSY, '',    false",
            "'',    L,     false",
        })
        void whereMoreWouldBeLetOut(String before, String after, boolean lower) {
            assertThat(Labelling.lowers(labelled(before.split(" ", -1)), labelled(after.split(" ", -1))))
                    .isEqualTo(lower);
        }
    }

    @Test
    void readsListsFromFiles(@TempDir Path folder) throws IOException {
        var list = Files.writeString(folder.resolve("ours.txt"), "# ours\nGDIS | V | http://ours | X1 Y*\n");
        var ours = new Labelling(LabelLists.read(List.of(list)));
        var condition = condition("http://ours", "Y77");
        ours.label(condition);
        assertThat(ResourceReader.labels(condition.getMeta())).containsExactlyInAnyOrder("V", "GDIS");
    }

    @Test
    void saysHowALineIsWritten() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LabelLists.parse("HIV, R, http://loinc.org"))
                .withMessageContaining("write it as HIV | R | http://loinc.org | 75622-1 56888-1");
        assertThatIllegalArgumentException().isThrownBy(() -> LabelLists.parse("HIV | X | http://loinc.org | 1"));
    }

    private static Condition labelled(String... labels) {
        var condition = new Condition();
        for (var label : labels) {
            if (!label.isEmpty()) {
                condition.getMeta().addSecurity(coding(label));
            }
        }
        return condition;
    }

    private static Coding coding(String label) {
        return new Coding(label.length() == 1 ? CodeSystems.CONFIDENTIALITY : CodeSystems.ACT_CODE, label, null);
    }

    private static Condition condition(String system, String code) {
        var condition = new Condition().setSubject(new Reference("Patient/alice"));
        condition.getCode().addCoding(new Coding(system, code, null));
        condition.setMeta(new Meta());
        return condition;
    }
}
