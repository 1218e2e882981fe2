package org.rapport.gate.hapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rapport.testing.RunningServer.get;
import static org.rapport.testing.RunningServer.send;

import java.util.List;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rapport.testing.TestTokens;

/** Dr X, who treats Alice, breaks the glass for Bob. */
class EmergencyAccessTest extends TwoRecords {

    private static final String IN_EMERGENCY = token("clinician", "BTG");

    private static String token(String role, String purpose) {
        return TestTokens.signed(claims -> claims.subject("dr-x")
                .claim("scope", "user/*.cruds")
                .claim("roles", List.of(role, "clerk", "privacy-officer", "patient"))
                .claim("fhirUser", "Practitioner/dr-x")
                .claim("patient", "bob")
                .claim("purpose_of_use", purpose));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "Patient/bob, 200",
        "Observation/of-bob, 200",
        "Observation/of-bob/_history, 200",
        "Patient/bob/$everything, 200",
        "Observation?patient=bob, 200",
        "Observation?subject=Patient/bob, 200",
        "Observation?subject:Patient=bob&code=x, 200",
        "Patient?_id=bob, 200",
        "Organization/org-north, 200",
        "Organization?name=North, 200",
    })
    void readsThatOneRecord(String path, int status) {
        assertThat(get(path, IN_EMERGENCY).statusCode()).isEqualTo(status);
        assertThat(get(path, token("clinician", "ETREAT")).statusCode()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "Patient/alice, Patient/nobody",
        "Observation/of-alice, Observation/of-nobody",
        "Observation/of-alice/_history, Observation/of-nobody/_history",
        "Observation/of-alice/_history/1, Observation/of-nobody/_history/1",
        "Patient/alice/$everything, Patient/nobody/$everything",
    })
    @DisplayName("BG-04: a second patient is like one that never was, though the doctor treats her")
    void hidesEverybodyElse(String hidden, String unknown) {
        assertThat(get(hidden, IN_EMERGENCY).statusCode()).isEqualTo(404);
        assertThat(normalised(get(hidden, IN_EMERGENCY))).isEqualTo(normalised(get(unknown, IN_EMERGENCY)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Patient",
                "Patient?family=bob",
                "Patient?_id=bob,alice",
                "Observation",
                "Observation?patient=alice",
                "Observation?patient=bob,alice",
                "Observation?patient=bob&subject=alice",
                "Observation?patient.family=bob",
                "Observation?patient:missing=false",
                "Appointment?date=2026-01-01",
                "Observation/_history",
                "AuditEvent",
                "Subscription",
            })
    @DisplayName("BG-07: searches across patients are closed")
    void looksForNobody(String path) {
        assertDenied(get(path, IN_EMERGENCY));
    }

    @Test
    @DisplayName("BG-07: nothing is written, subscribed or sent in a bundle")
    void writesNothing() {
        assertDenied(send("POST", "/Observation", IN_EMERGENCY, observation("", "bob")));
        assertDenied(send("PUT", "/Observation/of-bob", IN_EMERGENCY, observation("of-bob", "bob")));
        assertDenied(send("DELETE", "/Observation/of-bob", IN_EMERGENCY, observation("of-bob", "bob")));
        var batch = bundle(BundleType.BATCH);
        add(batch, HTTPVerb.GET, "Patient/bob");
        assertDenied(send("POST", "", IN_EMERGENCY, batch));
    }

    @ParameterizedTest
    @ValueSource(strings = {"care-manager", "clerk", "privacy-officer", "admin"})
    void isForCliniciansAlone(String role) {
        assertDenied(get("Observation/of-bob", token(role, "BTG")));
    }
}
