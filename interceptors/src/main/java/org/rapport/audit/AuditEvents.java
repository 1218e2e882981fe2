package org.rapport.audit;

import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.Optional;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAction;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAgentNetworkType;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventEntityComponent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventOutcome;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;

/**
 * Shows rows of the audit log as AuditEvents: who, what and whose by id, no name and no result.
 *
 * @see <a href="https://profiles.ihe.net/ITI/BALP/content.html">IHE Basic Audit Log Patterns</a>
 */
public final class AuditEvents {

    private static final String EVENT_TYPE = "http://terminology.hl7.org/CodeSystem/audit-event-type";
    private static final String INTERACTION = "http://hl7.org/fhir/restful-interaction";
    private static final String ENTITY_TYPE = "http://terminology.hl7.org/CodeSystem/audit-entity-type";
    private static final String ENTITY_ROLE = "http://terminology.hl7.org/CodeSystem/object-role";
    private static final String BALP_ENTITY = "https://profiles.ihe.net/ITI/BALP/CodeSystem/BasicAuditEntityType";
    private static final String DICOM = "http://dicom.nema.org/resources/ontology/DCM";

    private AuditEvents() {}

    /** The event that a row tells of. */
    public static AuditEvent of(AuditRow row) {
        var entry = row.entry();
        var event = new AuditEvent()
                .setType(type(entry.deed()))
                .addSubtype(subtype(entry.deed()))
                .setAction(AuditEventAction.fromCode(entry.deed().action()))
                .setRecorded(Date.from(row.recorded()))
                .setOutcome(outcome(entry.status()));
        event.setId(Long.toString(row.number()));
        if (entry.times() > 1) {
            event.setOutcomeDesc("Stands for " + entry.times() + " requests");
        }
        event.getSource().setObserver(new Reference().setDisplay("Rapport"));
        addAgents(event, entry.agent());
        addEntities(event, entry);
        return event;
    }

    private static Coding type(Deed deed) {
        return deed instanceof SecurityEvent.Kind kind
                ? new Coding(DICOM, kind.category().code(), kind.category().display())
                : new Coding(EVENT_TYPE, "rest", "RESTful Operation");
    }

    private static Coding subtype(Deed deed) {
        if (deed == SecurityEvent.Kind.SIGN_IN) {
            return new Coding(DICOM, "110122", "Login");
        }
        if (deed == SecurityEvent.Kind.SIGN_OUT) {
            return new Coding(DICOM, "110123", "Logout");
        }
        return deed instanceof SecurityEvent.Kind
                ? new Coding().setCode(deed.code())
                : new Coding(INTERACTION, deed.code(), deed.code());
    }

    private static AuditEventOutcome outcome(int status) {
        if (status >= 500) {
            return AuditEventOutcome._8;
        }
        return status >= 400 ? AuditEventOutcome._4 : AuditEventOutcome._0;
    }

    private static void addAgents(AuditEvent event, Agent agent) {
        var user = event.addAgent()
                .setRequestor(true)
                .setWho(new Reference()
                        .setReference(agent.fhirUser().orElse(null))
                        .setIdentifier(new Identifier().setValue(agent.subject().orElse("unknown"))));
        agent.subject().ifPresent(user::setAltId);
        agent.address()
                .ifPresent(address -> user.getNetwork().setAddress(address).setType(AuditEventAgentNetworkType._2));
        agent.client()
                .ifPresent(client -> event.addAgent()
                        .setRequestor(false)
                        .setType(new CodeableConcept().addCoding(new Coding(DICOM, "110150", "Application")))
                        .setWho(new Reference().setIdentifier(new Identifier().setValue(client))));
    }

    private static void addEntities(AuditEvent event, AuditEntry entry) {
        if (entry.deed() instanceof SecurityEvent.Kind) {
            addObject(event, entry);
        } else {
            addRecord(event, entry);
        }
        event.addEntity(new AuditEventEntityComponent()
                .setType(new Coding(BALP_ENTITY, "XrequestId", "X-Request-Id"))
                .setWhat(new Reference().setIdentifier(new Identifier().setValue(entry.request()))));
    }

    /** What an act on identities was about, and how it was done. */
    private static void addObject(AuditEvent event, AuditEntry entry) {
        var object = new AuditEventEntityComponent().setType(new Coding(ENTITY_TYPE, "2", "System Object"));
        entry.entity()
                .id()
                .ifPresent(name -> object.setWhat(new Reference().setIdentifier(new Identifier().setValue(name))));
        entry.query().ifPresent(how -> object.addDetail().setType("how").setValue(new StringType(how)));
        if (object.hasWhat() || object.hasDetail()) {
            event.addEntity(object);
        }
    }

    private static void addRecord(AuditEvent event, AuditEntry entry) {
        var what = entry.entity();
        reference(what)
                .ifPresent(reference -> event.addEntity()
                        .setWhat(new Reference(reference))
                        .setType(new Coding(ENTITY_TYPE, "2", "System Object"))
                        .setRole(new Coding(ENTITY_ROLE, "4", "Domain Resource")));
        what.patient()
                .ifPresent(patient -> event.addEntity()
                        .setWhat(new Reference("Patient/" + patient))
                        .setType(new Coding(ENTITY_TYPE, "1", "Person"))
                        .setRole(new Coding(ENTITY_ROLE, "1", "Patient")));
        entry.query()
                .ifPresent(query -> event.addEntity()
                        .setType(new Coding(ENTITY_TYPE, "2", "System Object"))
                        .setRole(new Coding(ENTITY_ROLE, "24", "Query"))
                        .setQuery(query.getBytes(StandardCharsets.UTF_8))
                        .setDescription(what.type().orElse(null)));
    }

    private static Optional<String> reference(Entity what) {
        return what.type()
                .flatMap(type -> what.id().map(id -> type + "/" + id))
                .map(id -> what.version()
                        .map(version -> id + "/_history/" + version)
                        .orElse(id));
    }
}
