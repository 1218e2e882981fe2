package org.rapport.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.rapport.balp.AuditEvents;
import org.rapport.testing.AuditTables;
import org.rapport.testing.TestDatabase;
import org.springframework.jdbc.core.JdbcTemplate;

class SecurityLogTest {

    private static final TestDatabase DATABASE = AuditTables.make();
    private static final AuditQuery EVERYTHING = new AuditQuery(
            Optional.empty(), Optional.empty(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

    private final SecurityLog log = new SecurityLog(new AuditLog(new JdbcTemplate(DATABASE.source())));
    private final AuditSearch search = new AuditSearch(DATABASE.client());

    private AuditEvent recorded(SecurityEvent event) {
        log.record(event);
        return new AuditEvents("https://fhir.example.org/fhir")
                .of(search.page(EVERYTHING, 0, 1).get(0));
    }

    @Test
    void tellsWhoSignedInFromWhereAndHow() {
        var event = recorded(SecurityEvent.succeeded(
                SecurityEvent.Kind.SIGN_IN, Agent.signedIn("alice", "192.0.2.7"), "alice", "otp"));

        assertThat(event.getType().getCode()).isEqualTo("110114");
        assertThat(event.getSubtypeFirstRep().getCode()).isEqualTo("110122");
        assertThat(event.getOutcome()).isEqualTo(AuditEventOutcome._0);
        assertThat(event.getAgentFirstRep().getAltId()).isEqualTo("alice");
        assertThat(event.getAgent().get(1).getNetwork().getAddress()).isEqualTo("192.0.2.7");
        var object = event.getEntityFirstRep();
        assertThat(object.getWhat().getIdentifier().getValue()).isEqualTo("alice");
        assertThat(object.getDetailFirstRep().getValueStringType().getValue()).isEqualTo("otp");
    }

    @Test
    void marksWhatDidNotComeAbout() {
        var event = recorded(SecurityEvent.failed(
                SecurityEvent.Kind.TOKEN_REUSED, Agent.client("demo-app", "192.0.2.7"), "grant-1", ""));

        assertThat(event.getType().getCode()).isEqualTo("110113");
        assertThat(event.getOutcome()).isEqualTo(AuditEventOutcome._4);
    }

    @Test
    void cutsWhatIsLongerThanItsRow() {
        var long1000 = "x".repeat(1000);
        var event = recorded(SecurityEvent.failed(
                SecurityEvent.Kind.CLIENT_REGISTERED, Agent.unknown("192.0.2.7"), long1000, long1000));

        assertThat(event.getEntityFirstRep().getWhat().getIdentifier().getValue())
                .hasSize(200);
    }

    @ParameterizedTest
    @EnumSource
    void readsEveryKindBack(SecurityEvent.Kind kind) {
        var event = recorded(SecurityEvent.succeeded(kind, Agent.unknown("192.0.2.7"), "", ""));

        assertThat(event.getAction().toCode()).isEqualTo(kind.action());
    }
}
