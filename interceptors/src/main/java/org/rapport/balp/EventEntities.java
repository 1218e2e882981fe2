package org.rapport.balp;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventEntityComponent;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.rapport.audit.AuditEntry;
import org.rapport.audit.Authorization;
import org.rapport.audit.Entity;
import org.rapport.audit.Interaction;
import org.rapport.audit.SecurityEvent;

/** Names what was acted on, whose it is, what was asked, and the request. */
final class EventEntities {

    private static final String ENTITY_TYPE = "http://terminology.hl7.org/CodeSystem/audit-entity-type";
    private static final String RESOURCE_TYPE = "http://hl7.org/fhir/resource-types";
    private static final String ENTITY_ROLE = "http://terminology.hl7.org/CodeSystem/object-role";
    private static final String BALP_ENTITY = "https://profiles.ihe.net/ITI/BALP/CodeSystem/BasicAuditEntityType";

    private EventEntities() {}

    static void addTo(AuditEvent event, AuditEntry entry) {
        if (entry.deed() instanceof SecurityEvent.Kind) {
            addObject(event, entry);
        } else if (entry.deed() instanceof Authorization) {
            addConsent(event, entry);
        } else {
            addRecord(event, entry);
        }
        event.addEntity(new AuditEventEntityComponent()
                .setType(new Coding(BALP_ENTITY, "XrequestId", "X-Request-Id"))
                .setWhat(new Reference().setIdentifier(new Identifier().setValue(entry.request()))));
    }

    static void addRefusal(AuditEvent event, String reference) {
        event.addEntity(new AuditEventEntityComponent()
                .setType(new Coding(ENTITY_TYPE, "4", "Other"))
                .setWhat(new Reference(reference))
                .setDescription("What was answered"));
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
        addPatient(event, entry.entity());
    }

    /** The consent, and the rule in it. */
    private static void addConsent(AuditEvent event, AuditEntry entry) {
        var consent = event.addEntity().setType(new Coding(RESOURCE_TYPE, "Consent", "Consent"));
        reference(entry.entity()).map(Reference::new).ifPresent(consent::setWhat);
        entry.query().ifPresent(rule -> consent.addDetail().setType("rule").setValue(new StringType(rule)));
        addPatient(event, entry.entity());
    }

    private static void addPatient(AuditEvent event, Entity what) {
        what.patient()
                .ifPresent(patient -> event.addEntity()
                        .setWhat(new Reference("Patient/" + patient))
                        .setType(new Coding(ENTITY_TYPE, "1", "Person"))
                        .setRole(new Coding(ENTITY_ROLE, "1", "Patient")));
    }

    private static void addRecord(AuditEvent event, AuditEntry entry) {
        var what = entry.entity();
        reference(what)
                .ifPresent(reference -> event.addEntity()
                        .setWhat(new Reference(reference))
                        .setType(new Coding(ENTITY_TYPE, "2", "System Object"))
                        .setRole(new Coding(ENTITY_ROLE, "4", "Domain Resource")));
        addPatient(event, what);
        question(entry)
                .ifPresent(question -> event.addEntity()
                        .setType(new Coding(ENTITY_TYPE, "2", "System Object"))
                        .setRole(new Coding(ENTITY_ROLE, "24", "Query"))
                        .setQuery(question.getBytes(StandardCharsets.UTF_8)));
    }

    /** What was asked, as it came, where more is asked than for one resource; a search without parameters asks for all of the type. */
    private static Optional<String> question(AuditEntry entry) {
        var type = entry.entity().type().orElse("");
        return entry.query()
                .filter(query -> entry.deed().action().equals("E"))
                .map(query -> type + "?" + query)
                .or(() -> entry.deed() == Interaction.SEARCH ? Optional.of(type) : Optional.empty());
    }

    private static Optional<String> reference(Entity what) {
        return what.type()
                .flatMap(type -> what.id().map(id -> type + "/" + id))
                .map(id -> what.version()
                        .map(version -> id + "/_history/" + version)
                        .orElse(id));
    }
}
