package org.rapport.accesslog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.rapport.audit.Agent;
import org.rapport.audit.AuditEntry;
import org.rapport.audit.AuditRow;
import org.rapport.audit.Authorization;
import org.rapport.audit.Deed;
import org.rapport.audit.Disclosure;
import org.rapport.audit.Entity;
import org.rapport.audit.Interaction;
import org.rapport.audit.SecurityEvent;

class PlainWordsTest {

    private static final Names NAMES =
            reference -> reference.equals("Practitioner/dr-adams") ? Optional.of("Dr. Ada Adams") : Optional.empty();
    private static final PlainWords WORDS = new PlainWords("alice", true, NAMES);

    @Test
    void saysWhoLookedAtWhatWhenAndWhy() {
        assertThat(WORDS.of(row(user("dr-adams", "Practitioner/dr-adams", "TREAT"), Interaction.SEARCH, "Observation")))
                .isEqualTo("Dr. Ada Adams searched your measurements and findings on 1 March 2026 at 08:00 UTC"
                        + " with the app demo-app. Reason: treatment.");
    }

    @Test
    void saysThatAnAccessWasAnEmergency() {
        assertThat(WORDS.of(row(user("dr-x", "Practitioner/dr-x", "BTG"), Interaction.READ, "Condition")))
                .isEqualTo("Somebody who works here looked at your diagnoses on 1 March 2026 at 08:00 UTC"
                        + " with the app demo-app. Reason: emergency access.");
    }

    @Test
    void tellsOfAnEmergencyFromItsBeginningToItsReview() {
        var doctor = user("dr-adams", "Practitioner/dr-adams", "BTG");
        assertThat(WORDS.of(event(doctor, SecurityEvent.Kind.BREAK_GLASS_STARTED)))
                .isEqualTo("Dr. Ada Adams declared an emergency to open your record on 1 March 2026 at 08:00 UTC.");
        assertThat(WORDS.of(event(Agent.SERVER, SecurityEvent.Kind.BREAK_GLASS_ENDED)))
                .startsWith("This server, by itself, closed the emergency access to your record");
        assertThat(new PlainWords("alice", false, NAMES).of(event(doctor, SecurityEvent.Kind.BREAK_GLASS_REVIEWED)))
                .startsWith("Dr. Ada Adams checked the emergency access to the patient's record");
    }

    @Test
    void tellsThePatientFromThoseWhoLookInTheirName() {
        var self = row(user("alice", "Patient/alice", "PATRQT"), Interaction.UPDATE, "Patient");

        assertThat(WORDS.of(self)).startsWith("You changed your personal details");
        assertThat(new PlainWords("alice", false, NAMES).of(self))
                .startsWith("The patient changed the patient's personal details");
    }

    @Test
    void namesSystemsAndTheServer() {
        assertThat(WORDS.of(row(Agent.client("demo-backend", "192.0.2.7"), Interaction.CREATE, "ServiceRequest")))
                .isEqualTo("The system demo-backend added to your service request on 1 March 2026 at 08:00 UTC.");
        assertThat(WORDS.of(row(Agent.SERVER, Interaction.CREATE, "CommunicationRequest")))
                .startsWith("This server, by itself, added to your messages to be sent");
    }

    @Test
    void saysWhoTookACopy() {
        assertThat(WORDS.of(row(Agent.client("demo-backend", "192.0.2.7"), Disclosure.EXPORT, "Group")))
                .isEqualTo("The system demo-backend was given a copy of your record on 1 March 2026 at 08:00 UTC.");
    }

    @Test
    void saysUnderWhichConsentARecordWasOpened() {
        var consent = new Entity(Optional.of("Consent"), Optional.of("c1"), Optional.of(2L), Optional.of("alice"));
        var entry = new AuditEntry(
                "request-1",
                user("dr-adams", "Practitioner/dr-adams", "BTG"),
                Authorization.CONSENT,
                200,
                consent,
                Optional.of("Consent/c1/_history/2 provision"),
                1);
        assertThat(WORDS.of(new AuditRow(1, Instant.parse("2026-03-01T08:00:00Z"), entry)))
                .isEqualTo("The consent c1, version 2, let Dr. Ada Adams see your record on 1 March 2026 at 08:00 UTC."
                        + " Reason: emergency access.");
    }

    private static Agent user(String name, String fhirUser, String purpose) {
        return new Agent(
                Optional.of(name),
                Optional.of("demo-app"),
                Optional.of(fhirUser),
                Optional.of("192.0.2.7"),
                new Agent.Authority(Optional.of("jti"), Optional.of(purpose)));
    }

    private static AuditRow event(Agent agent, SecurityEvent.Kind kind) {
        var entity = new Entity(Optional.empty(), Optional.of("id"), Optional.empty(), Optional.of("alice"));
        return new AuditRow(
                1,
                Instant.parse("2026-03-01T08:00:00Z"),
                new AuditEntry("request", agent, kind, 200, entity, Optional.of("unconscious"), 1));
    }

    private static AuditRow row(Agent agent, Deed deed, String type) {
        var entity = new Entity(Optional.of(type), Optional.empty(), Optional.empty(), Optional.of("alice"));
        return new AuditRow(
                1,
                Instant.parse("2026-03-01T08:00:00Z"),
                new AuditEntry("request", agent, deed, 200, entity, Optional.empty(), 1));
    }
}
