package org.rapport.audit.hapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.junit.jupiter.api.Test;
import org.rapport.audit.AuditTrail;
import org.rapport.audit.Interaction;

class BundledRequestTest {

    private final AuditTrail trail = AuditTrail.of("r", "127.0.0.1", Optional.empty());

    @Test
    void tellsWhatAnEntryAskedForAndWhatCameOfIt() {
        var refused = request(HTTPVerb.GET, "Observation/o?_elements=id", "404 Not Found", "");
        assertThat(refused.line().interaction()).isEqualTo(Interaction.READ);
        assertThat(refused.line().entity().id()).hasValue("o");
        assertThat(refused.query()).hasValue("_elements=id");
        assertThat(refused.status()).isEqualTo(404);
        assertThat(refused.isRefused()).isTrue();
        assertThat(refused.isRecorded(trail)).isFalse();
    }

    @Test
    void knowsAWriteByTheIdThatItMade() {
        trail.settle("Observation", "made");
        assertThat(request(HTTPVerb.POST, "Observation", "201 Created", "Observation/made/_history/1")
                        .isRecorded(trail))
                .isTrue();
        assertThat(request(HTTPVerb.POST, "Observation", "200 OK", "Observation/there-already/_history/1")
                        .isRecorded(trail))
                .isFalse();
        assertThat(request(HTTPVerb.PUT, "Observation/made", "409 Conflict", "").isRecorded(trail))
                .isFalse();
    }

    @Test
    void takesNoOtherChangeForADeletionBySearch() {
        trail.settle("Observation", "made");
        assertThat(request(HTTPVerb.DELETE, "Observation?code=x", "204 No Content", "")
                        .isRecorded(trail))
                .isFalse();
    }

    @Test
    void takesAnAnswerWithoutStatusForOne() {
        var asked = new Bundle();
        asked.addEntry().getRequest().setMethod(HTTPVerb.GET).setUrl("Patient/p");
        var answered = new Bundle();
        answered.addEntry();
        assertThat(BundledRequest.of(asked, answered))
                .singleElement()
                .satisfies(request -> assertThat(request.status()).isEqualTo(200));
    }

    private static BundledRequest request(HTTPVerb method, String url, String status, String location) {
        var asked = new Bundle();
        asked.addEntry().getRequest().setMethod(method).setUrl(url);
        var answered = new Bundle();
        var response = answered.addEntry().getResponse().setStatus(status);
        if (!location.isEmpty()) {
            response.setLocation(location);
        }
        return BundledRequest.of(asked, answered).findFirst().orElseThrow();
    }
}
