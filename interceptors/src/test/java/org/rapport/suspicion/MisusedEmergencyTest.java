package org.rapport.suspicion;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.rapport.audit.Agent;
import org.rapport.audit.AuditEntry;
import org.rapport.audit.AuditRow;
import org.rapport.audit.Entity;
import org.rapport.audit.SecurityEvent.Kind;

class MisusedEmergencyTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final MisusedEmergency rule = new MisusedEmergency();

    private Optional<String> found(Kind kind, int status, String detail) {
        var agent = Agent.signedIn("lee", "192.0.2.7");
        var entry = new AuditEntry("request", agent, kind, status, Entity.NONE, Optional.of(detail), 1);
        return rule.judge(new AuditRow(1, NOON, entry)).map(Suspicion::rule);
    }

    @Test
    @DisplayName("BG-02: alarms when somebody without the right breaks the glass, and for no other refusal")
    void suspectsWhoHasNoRight() {
        assertThat(found(Kind.BREAK_GLASS_STARTED, 403, "no-right")).contains("BG-02");
        assertThat(found(Kind.BREAK_GLASS_STARTED, 403, "no-fresh-factor")).isEmpty();
        assertThat(found(Kind.BREAK_GLASS_STARTED, 200, "unconscious")).isEmpty();
    }

    @Test
    @DisplayName("BG-04: alarms when an emergency is used for another patient")
    void suspectsWhoStrays() {
        assertThat(found(Kind.BREAK_GLASS_STRAYED, 403, "")).contains("BG-04");
    }
}
