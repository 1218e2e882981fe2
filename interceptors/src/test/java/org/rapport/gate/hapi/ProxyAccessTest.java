package org.rapport.gate.hapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rapport.testing.RunningServer.get;
import static org.rapport.testing.RunningServer.send;

import java.util.List;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.rapport.testing.TestTokens;

class ProxyAccessTest extends TwoRecords {

    private static final String FOR_C2 = proxy("guardian", "c2");

    @BeforeEach
    void children() {
        for (var child : List.of("c1", "c2")) {
            server.store(patient(child));
            server.store(observation("of-" + child, child));
        }
    }

    @Test
    @DisplayName("AC-044: a guardian of C1 and C2 with C2 in context finds C2's data")
    void findsTheDataOfThePatientInContext() {
        var answer = get("Observation?patient=c2", FOR_C2);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("of-c2").doesNotContain("of-c1", "of-alice");
        assertThat(server.lastSearch("patient")).containsExactly("c2");
        get("Observation?patient=Patient/c2,Patient/alice", FOR_C2);
        assertThat(server.lastSearch("patient")).containsExactly("Patient/c2,Patient/alice", "Patient/c2");
        get("Observation?patient=&status=final", FOR_C2);
        assertThat(server.lastSearch("patient")).contains("Patient/c2");
        get("Observation?patient:missing=false", FOR_C2);
        assertThat(server.lastSearch("patient")).containsExactly("Patient/c2");
        assertThat(get("Patient/c2", FOR_C2).statusCode()).isEqualTo(200);
    }

    @Test
    void hidesEveryOtherRecordAsIfItWereNot() {
        for (var hidden : List.of("Patient/c1", "Observation/of-c1", "Patient/alice", "Observation/of-alice")) {
            assertThat(normalised(get(hidden, FOR_C2))).isEqualTo(normalised(get("Patient/nobody", FOR_C2)));
        }
    }

    @Test
    void opensNothingForAPatientWhoIsNotTheirs() {
        for (var token : List.of(proxy("guardian", "alice"), proxy("stranger", "c2"))) {
            assertDenied(get("Observation?patient=c2", token));
            assertDenied(get("Patient/alice", token));
            assertDenied(get("Organization", token));
        }
    }

    @Test
    void sendsBundles() {
        var batch = bundle(BundleType.BATCH);
        add(batch, HTTPVerb.GET, "Observation?code=x");
        assertThat(send("POST", "", FOR_C2, batch).statusCode()).isEqualTo(200);
        assertThat(server.lastBundle().orElseThrow().getEntry())
                .extracting(entry -> entry.getRequest().getUrl())
                .containsExactly("Observation?code=x&patient=Patient%2Fc2");
    }

    private static String proxy(String relatedPerson, String patient) {
        return TestTokens.signed(claims -> claims.subject(relatedPerson)
                .claim("scope", "patient/*.cruds")
                .claim("roles", List.of("proxy"))
                .claim("fhirUser", "RelatedPerson/" + relatedPerson)
                .claim("patient", patient));
    }
}
