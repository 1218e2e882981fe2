package org.rapport.labelling.hapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import java.util.List;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Organization;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.rapport.consent.fhir.CodeSystems;
import org.rapport.consent.fhir.ResourceReader;
import org.rapport.failure.hapi.FailureException;
import org.rapport.labelling.LabelLists;
import org.rapport.labelling.Labelling;

class LabelInterceptorTest {

    private final LabelInterceptor interceptor = new LabelInterceptor(new Labelling(LabelLists.shipped()));

    @Test
    void labelsWhatIsCreatedAndItsNextVersions() {
        var first = hivTest();
        interceptor.create(first);
        var second = hivTest();
        interceptor.update(new SystemRequestDetails(), first, second);
        for (var version : List.of(first, second)) {
            assertThat(ResourceReader.labels(version.getMeta())).containsExactlyInAnyOrder("HIV", "R");
        }
    }

    @Test
    @DisplayName("WR-017: lowering a label is refused")
    void refusesToLower() {
        var first = hivTest();
        interceptor.create(first);
        var lower = new Observation();
        lower.getMeta().addSecurity(new Coding(CodeSystems.CONFIDENTIALITY, "N", null));
        assertThatExceptionOfType(FailureException.class)
                .isThrownBy(() -> interceptor.update(new SystemRequestDetails(), first, lower))
                .satisfies(refused -> assertThat(refused.getStatusCode()).isEqualTo(403))
                .withMessage("Access denied");
    }

    @Test
    void leavesAloneWhatBelongsToNoRecord() {
        var organization = new Organization();
        interceptor.create(organization);
        assertThat(organization.getMeta().isEmpty()).isTrue();
    }

    private static Observation hivTest() {
        var observation = new Observation();
        observation.setId(new IdType("Observation", "hiv"));
        observation.getCode().addCoding(new Coding("http://loinc.org", "75622-1", null));
        return observation;
    }
}
