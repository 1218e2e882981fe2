package org.rapport.balp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rapport.audit.Agent;
import org.rapport.audit.AuditEntry;
import org.rapport.audit.AuditRow;
import org.rapport.audit.Deed;
import org.rapport.audit.Entity;
import org.rapport.audit.Interaction;

class AuditEventsTest {

    private static final AuditEvents EVENTS = new AuditEvents("https://fhir.example.org/fhir");
    private static final Agent DOCTOR = new Agent(
            Optional.of("dr-adams"),
            Optional.of("demo-app"),
            Optional.of("Practitioner/dr-adams"),
            Optional.of("192.0.2.7"),
            new Agent.Authority(Optional.of("jti-1"), Optional.of("TREAT")));

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "READ,   PatientRead,   110152, 110153, IRCP",
        "VREAD,  PatientRead,   110152, 110153, IRCP",
        "CREATE, PatientCreate, 110153, 110152, AUT",
        "UPDATE, PatientUpdate, 110153, 110152, AUT",
        "DELETE, PatientDelete, 110150, custodian, AUT",
        "SEARCH, PatientQuery,  110153, 110152, IRCP",
    })
    void followsThePattern(Interaction interaction, String profile, String client, String server, String user) {
        var event = event(DOCTOR, interaction, 200);

        assertThat(event.getMeta().getProfile().get(0).getValue())
                .isEqualTo("https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit." + profile);
        assertThat(event.getAgent())
                .extracting(agent -> agent.getType().getCodingFirstRep().getCode())
                .containsExactly(user, client, server);
        assertThat(event.getAgent().subList(1, 3))
                .allMatch(agent -> agent.getNetwork().hasAddress());
        assertThat(event.getEntity())
                .anyMatch(entity -> "Patient/alice".equals(entity.getWhat().getReference())
                        && entity.getRole().getCode().equals("1"))
                .anyMatch(entity ->
                        "request-1".equals(entity.getWhat().getIdentifier().getValue()));
    }

    @Test
    void namesUserTokenAndPurpose() {
        var user = event(DOCTOR, Interaction.READ, 200).getAgentFirstRep();

        assertThat(user.getRequestor()).isTrue();
        assertThat(user.getWho().getReference()).isEqualTo("Practitioner/dr-adams");
        assertThat(user.getPolicy().get(0).getValue()).isEqualTo("jti-1");
        assertThat(user.getPurposeOfUseFirstRep().getCodingFirstRep().getCode()).isEqualTo("TREAT");
        assertThat(user.hasNetwork()).isFalse();
    }

    @Test
    void showsWhatANewerReleaseBesideThisOneWrote() {
        var event = event(DOCTOR, Deed.of("of-tomorrow"), 200);

        assertThat(event.getAction()).isEqualTo(AuditEvent.AuditEventAction.E);
        assertThat(event.getSubtypeFirstRep().getCode()).isEqualTo("of-tomorrow");
        assertThat(event.getSubtypeFirstRep().getSystem()).isNull();
        assertThat(event.getMeta().getProfile()).isEmpty();
    }

    @Test
    void namesASystemAsTheOneThatAsks() {
        var event = event(Agent.client("demo-backend", "192.0.2.7"), Interaction.READ, 200);

        assertThat(event.getAgent()).hasSize(2);
        assertThat(event.getAgentFirstRep().getRequestor()).isTrue();
        assertThat(event.getAgentFirstRep().getAltId()).isEqualTo("demo-backend");
    }

    @Test
    void keepsWhatASearchAskedAsItCame() {
        var query = event(DOCTOR, Interaction.SEARCH, 200).getEntity().stream()
                .filter(AuditEvent.AuditEventEntityComponent::hasQuery)
                .findFirst()
                .orElseThrow();

        assertThat(new String(query.getQuery(), StandardCharsets.UTF_8)).isEqualTo("Observation?code=a%20b");
    }

    @Test
    void tellsWhatWasRefusedByItsStatusAlone() {
        var event = event(DOCTOR, Interaction.READ, 404);

        assertThat(event.getMeta().hasProfile()).isFalse();
        assertThat(event.getOutcome().toCode()).isEqualTo("4");
        assertThat(((OperationOutcome) event.getContained().get(0))
                        .getIssueFirstRep()
                        .getCode()
                        .toCode())
                .isEqualTo("not-found");
        assertThat(event(DOCTOR, Interaction.READ, 503).getOutcome().toCode()).isEqualTo("8");
    }

    private static AuditEvent event(Agent agent, Deed deed, int status) {
        var entity = new Entity(
                Optional.of("Observation"),
                deed == Interaction.SEARCH ? Optional.empty() : Optional.of("o1"),
                Optional.empty(),
                Optional.of("alice"));
        return EVENTS.of(new AuditRow(
                7,
                Instant.parse("2026-03-01T08:00:00Z"),
                new AuditEntry("request-1", agent, deed, status, entity, Optional.of("code=a%20b"), 1)));
    }
}
