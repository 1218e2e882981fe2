package org.rapport.balp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAgentComponent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventEntityComponent;
import org.hl7.fhir.r4.model.Coding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.rapport.audit.Agent;
import org.rapport.audit.AuditEntry;
import org.rapport.audit.AuditRow;
import org.rapport.audit.Authorization;
import org.rapport.audit.Deed;
import org.rapport.audit.Disclosure;
import org.rapport.audit.Entity;
import org.rapport.audit.Interaction;

/**
 * Each kind of event against the constraints of its BALP profile. The package itself is in no registry we build from, so they
 * stand here, read from the guide's FSH sources: cardinalities and fixed values of the slices of agent and entity.
 *
 * @see <a href="https://github.com/IHE/ITI.BasicAudit/tree/main/input/fsh">IHE BALP, sources of the profiles</a>
 */
class BalpPatternTest {

    private static final AuditEvents EVENTS = new AuditEvents("https://fhir.example.org/fhir");
    private static final String DCM = "http://dicom.nema.org/resources/ontology/DCM";
    private static final String REST = "http://hl7.org/fhir/restful-interaction";
    private static final String PARTICIPATION = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType";
    private static final String PROVENANCE = "http://terminology.hl7.org/CodeSystem/provenance-participant-type";
    private static final String ENTITY_TYPE = "http://terminology.hl7.org/CodeSystem/audit-entity-type";
    private static final String ROLE = "http://terminology.hl7.org/CodeSystem/object-role";
    private static final String BALP_ENTITY = "https://profiles.ihe.net/ITI/BALP/CodeSystem/BasicAuditEntityType";

    private static final Agent DOCTOR = new Agent(
            Optional.of("dr-adams"),
            Optional.of("demo-app"),
            Optional.of("Practitioner/dr-adams"),
            Optional.of("192.0.2.7"),
            new Agent.Authority(Optional.of("jti"), Optional.of("TREAT")));
    private static final Agent BACKEND = Agent.client("demo-backend", "192.0.2.9");

    /** What a profile fixes. */
    private record Pattern(String action, Coding client, Coding server, Coding user) {}

    private static final Map<String, Pattern> PATTERNS = Map.of(
            "Read",
            new Pattern("R", dicom("110152"), dicom("110153"), participant("IRCP")),
            "Query",
            new Pattern("E", dicom("110153"), dicom("110152"), participant("IRCP")),
            "Create",
            new Pattern("C", dicom("110153"), dicom("110152"), participant("AUT")),
            "Update",
            new Pattern("U", dicom("110153"), dicom("110152"), participant("AUT")),
            "Delete",
            new Pattern("D", dicom("110150"), new Coding(PROVENANCE, "custodian", null), participant("AUT")));

    static Stream<Arguments> kinds() {
        return Stream.of(
                        Map.entry(Interaction.READ, "Read"),
                        Map.entry(Interaction.VREAD, "Read"),
                        Map.entry(Interaction.HISTORY_INSTANCE, "Read"),
                        Map.entry(Interaction.SEARCH, "Query"),
                        Map.entry(Interaction.CREATE, "Create"),
                        Map.entry(Interaction.UPDATE, "Update"),
                        Map.entry(Interaction.PATCH, "Update"),
                        Map.entry(Interaction.DELETE, "Delete"))
                .flatMap(kind -> Stream.of(DOCTOR, BACKEND)
                        .flatMap(agent -> Stream.of("alice", "")
                                .map(patient -> Arguments.of(kind.getKey(), kind.getValue(), patient, agent))));
    }

    @ParameterizedTest(name = "{0}, {1}, patient \"{2}\"")
    @MethodSource("kinds")
    void keepsToIt(Interaction interaction, String profile, String patient, Agent agent) {
        var event = event(interaction, patient, agent);
        var pattern = Optional.ofNullable(PATTERNS.get(profile)).orElseThrow();

        assertThat(event.getMeta().getProfile())
                .extracting(claimed -> claimed.getValue())
                .containsExactly("https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit."
                        + (patient.isEmpty() ? "" : "Patient") + profile);
        assertThat(event.getType().getSystem() + '#' + event.getType().getCode())
                .isEqualTo("http://terminology.hl7.org/CodeSystem/audit-event-type#rest");
        assertThat(event.getSubtype())
                .anyMatch(subtype -> subtype.getSystem().equals(REST)
                        && subtype.getCode().equals(interaction.code())
                        && subtype.getDisplay().equals(interaction.code()));
        assertThat(event.getAction().toCode()).isEqualTo(pattern.action());
        assertThat(event.hasRecorded()).isTrue();
        assertThat(event.getOutcome().toCode()).isEqualTo("0");
        assertThat(event.getSource().hasObserver()).isTrue();
        assertAgents(event, pattern, agent.fhirUser().isPresent());
        assertEntities(event, profile, patient);
    }

    @Test
    void keepsToPrivacyDisclosureAtTheSource() {
        var event = event(Disclosure.EXPORT, "alice", BACKEND);
        assertThat(event.getMeta().getProfile())
                .extracting(claimed -> claimed.getValue())
                .containsExactly(
                        "https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.PrivacyDisclosure.Source");
        assertThat(event.getType().getSystem() + '#' + event.getType().getCode())
                .isEqualTo(DCM + "#110106");
        assertThat(event.getAction().toCode()).isEqualTo("R");
        assertThat(event.getSubtypeFirstRep().getSystem()
                        + '#'
                        + event.getSubtypeFirstRep().getCode())
                .isEqualTo("http://terminology.hl7.org/CodeSystem/iso-21089-lifecycle#disclose");
        assertThat(agents(event, dicom("110153"))).singleElement().satisfies(source -> {
            assertThat(source.getWho().equalsDeep(event.getSource().getObserver()))
                    .isTrue();
            assertThat(source.hasNetwork()).isTrue();
        });
        assertThat(agents(event, dicom("110152"))).singleElement().satisfies(recipient -> {
            assertThat(recipient.hasWho() && recipient.hasNetwork()).isTrue();
        });
        assertThat(entities(event, ENTITY_TYPE, "1")).singleElement().satisfies(person -> {
            assertThat(person.getRole().getCode()).isEqualTo("1");
            assertThat(person.getWhat().getReference()).isEqualTo("Patient/alice");
        });
        assertThat(event.getEntity()).hasSizeGreaterThan(1);
    }

    /** The codes of the consent authorized decision; its profile asks for an organization of the user, which we do not know. */
    @Test
    void namesTheConsentThatOpenedARecord() {
        var entity = new Entity(Optional.of("Consent"), Optional.of("c1"), Optional.of(2L), Optional.of("alice"));
        var rule = "Consent/c1/_history/2 provision.provision[0]";
        var entry = new AuditEntry("request-1", DOCTOR, Authorization.CONSENT, 200, entity, Optional.of(rule), 1);
        var event = EVENTS.of(new AuditRow(1, Instant.parse("2026-03-01T08:00:00Z"), entry));

        assertThat(event.getType().getSystem() + '#' + event.getType().getCode())
                .isEqualTo(DCM + "#110113");
        assertThat(event.getSubtypeFirstRep().getSystem()
                        + '#'
                        + event.getSubtypeFirstRep().getCode())
                .isEqualTo("https://profiles.ihe.net/ITI/BALP/CodeSystem/AuthZsubType#AuthZ-Consent");
        assertThat(event.getAction().toCode()).isEqualTo("E");
        assertThat(event.getOutcome().toCode()).isEqualTo("0");
        assertThat(event.getMeta().getProfile()).isEmpty();
        assertThat(agents(event, dicom("110150"))).hasSize(1);
        assertThat(agents(event, participant("IRCP")))
                .singleElement()
                .satisfies(user -> assertThat(user.getPurposeOfUseFirstRep()
                                .getCodingFirstRep()
                                .getCode())
                        .isEqualTo("TREAT"));
        assertThat(agents(
                        event,
                        new Coding(
                                "http://terminology.hl7.org/CodeSystem/extra-security-role-type", "authserver", null)))
                .singleElement()
                .satisfies(authorizer -> assertThat(
                                authorizer.getWho().equalsDeep(event.getSource().getObserver()))
                        .isTrue());
        assertThat(entities(event, "http://hl7.org/fhir/resource-types", "Consent"))
                .singleElement()
                .satisfies(consent -> {
                    assertThat(consent.getWhat().getReference()).isEqualTo("Consent/c1/_history/2");
                    assertThat(consent.getDetailFirstRep().getValue().primitiveValue())
                            .isEqualTo(rule);
                });
        assertThat(entities(event, ENTITY_TYPE, "1"))
                .singleElement()
                .satisfies(person -> assertThat(person.getWhat().getReference()).isEqualTo("Patient/alice"));
    }

    private static void assertAgents(AuditEvent event, Pattern pattern, boolean byAUser) {
        for (var device : List.of(pattern.client(), pattern.server())) {
            assertThat(agents(event, device)).singleElement().satisfies(agent -> {
                assertThat(agent.hasWho()).isTrue();
                assertThat(agent.hasNetwork()).isTrue();
                assertThat(agent.hasMedia()).isFalse();
            });
        }
        assertThat(agents(event, pattern.user())).hasSize(byAUser ? 1 : 0).allSatisfy(user -> {
            assertThat(user.hasWho()).isTrue();
            assertThat(user.getRequestor()).isTrue();
            assertThat(user.hasMedia()).isFalse();
            assertThat(user.hasNetwork()).isFalse();
        });
        assertThat(event.getAgent().stream().filter(AuditEventAgentComponent::getRequestor))
                .hasSize(1);
    }

    private static void assertEntities(AuditEvent event, String profile, String patient) {
        assertThat(entities(event, ENTITY_TYPE, "2")).singleElement().satisfies(object -> {
            boolean query = profile.equals("Query");
            assertThat(object.getRole().getSystem()).isEqualTo(ROLE);
            assertThat(object.getRole().getCode()).isEqualTo(query ? "24" : "4");
            assertThat(object.hasQuery()).isEqualTo(query);
            assertThat(object.hasWhat()).isEqualTo(!query);
            assertThat(object.hasLifecycle() || object.hasDetail()).isFalse();
        });
        assertThat(entities(event, ENTITY_TYPE, "1"))
                .hasSize(patient.isEmpty() ? 0 : 1)
                .allSatisfy(person -> {
                    assertThat(person.getRole().getCode()).isEqualTo("1");
                    assertThat(person.getWhat().getReference()).isEqualTo("Patient/" + patient);
                });
        assertThat(entities(event, BALP_ENTITY, "XrequestId"))
                .singleElement()
                .satisfies(request ->
                        assertThat(request.getWhat().getIdentifier().getValue()).isEqualTo("request-1"));
    }

    private static List<AuditEventAgentComponent> agents(AuditEvent event, Coding type) {
        return event.getAgent().stream()
                .filter(agent -> agent.getType().getCoding().stream()
                        .anyMatch(coding -> coding.getSystem().equals(type.getSystem())
                                && coding.getCode().equals(type.getCode())))
                .toList();
    }

    private static List<AuditEventEntityComponent> entities(AuditEvent event, String system, String code) {
        return event.getEntity().stream()
                .filter(entity -> entity.getType().getSystem().equals(system)
                        && entity.getType().getCode().equals(code))
                .toList();
    }

    private static Coding dicom(String code) {
        return new Coding(DCM, code, null);
    }

    private static Coding participant(String code) {
        return new Coding(PARTICIPATION, code, null);
    }

    private static AuditEvent event(Deed interaction, String patient, Agent agent) {
        boolean one = interaction != Interaction.SEARCH;
        var entity = new Entity(
                Optional.of("Observation"),
                Optional.of("o1").filter(id -> one),
                Optional.of(1L).filter(version -> one),
                Optional.of(patient).filter(id -> !id.isEmpty()));
        return EVENTS.of(new AuditRow(
                1,
                Instant.parse("2026-03-01T08:00:00Z"),
                new AuditEntry("request-1", agent, interaction, 200, entity, Optional.of("code=a"), 1)));
    }
}
