package org.rapport.balp;

import java.util.Date;
import java.util.Optional;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAction;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventOutcome;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.Reference;
import org.rapport.audit.AuditRow;
import org.rapport.audit.Authorization;
import org.rapport.audit.Deed;
import org.rapport.audit.Disclosure;
import org.rapport.audit.Interaction;
import org.rapport.audit.SecurityEvent;

/**
 * Shows rows of the audit log as AuditEvents: who, what and whose by id, no name and no result.
 *
 * @param server address of the FHIR base, which the events name as the server
 * @see <a href="https://profiles.ihe.net/ITI/BALP/content.html">IHE Basic Audit Log Patterns</a>
 */
public record AuditEvents(String server) {

    private static final String PROFILE = "https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.";
    private static final String EVENT_TYPE = "http://terminology.hl7.org/CodeSystem/audit-event-type";
    private static final String INTERACTION = "http://hl7.org/fhir/restful-interaction";
    private static final String LIFECYCLE = "http://terminology.hl7.org/CodeSystem/iso-21089-lifecycle";
    private static final String AUTHORIZATION = "https://profiles.ihe.net/ITI/BALP/CodeSystem/AuthZsubType";
    private static final String SOURCE_TYPE = "http://terminology.hl7.org/CodeSystem/security-source-type";
    static final String DICOM = "http://dicom.nema.org/resources/ontology/DCM";

    private static final int NOT_AUTHENTICATED = 401;
    private static final int DENIED = 403;
    private static final int NOT_FOUND = 404;
    private static final int REFUSED = 400;
    private static final int FAILED = 500;

    /** The event that a row tells of. */
    public AuditEvent of(AuditRow row) {
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
        event.getSource()
                .setObserver(new Reference().setDisplay("Rapport"))
                .addType(new Coding(SOURCE_TYPE, "4", "Application Server"));
        new EventAgents(server).addTo(event, entry);
        EventEntities.addTo(event, entry);
        if (entry.status() >= REFUSED) {
            addRefusal(event, entry.status());
        }
        profile(row).ifPresent(event.getMeta()::addProfile);
        return event;
    }

    private static Coding type(Deed deed) {
        if (deed instanceof Authorization) {
            return new Coding(DICOM, "110113", "Security Alert");
        }
        if (deed instanceof Disclosure) {
            return new Coding(DICOM, "110106", "Export");
        }
        return deed instanceof SecurityEvent.Kind kind
                ? new Coding(DICOM, kind.category().code(), kind.category().display())
                : new Coding(EVENT_TYPE, "rest", "RESTful Operation");
    }

    private static Coding subtype(Deed deed) {
        if (deed instanceof Authorization) {
            return new Coding(AUTHORIZATION, "AuthZ-Consent", "Authorization Decision using Roles and Consent");
        }
        if (deed instanceof Disclosure) {
            return new Coding(LIFECYCLE, "disclose", "Disclose Record Lifecycle Event");
        }
        if (deed == SecurityEvent.Kind.SIGN_IN) {
            return new Coding(DICOM, "110122", "Login");
        }
        if (deed == SecurityEvent.Kind.SIGN_OUT) {
            return new Coding(DICOM, "110123", "Logout");
        }
        return deed instanceof Interaction
                ? new Coding(INTERACTION, deed.code(), deed.code())
                : new Coding().setCode(deed.code());
    }

    private static AuditEventOutcome outcome(int status) {
        if (status >= FAILED) {
            return AuditEventOutcome._8;
        }
        return status >= REFUSED ? AuditEventOutcome._4 : AuditEventOutcome._0;
    }

    /** What was answered, which never tells more than the status. */
    private static void addRefusal(AuditEvent event, int status) {
        var refusal = new OperationOutcome();
        refusal.setId("refusal");
        refusal.addIssue()
                .setSeverity(IssueSeverity.ERROR)
                .setCode(issue(status))
                .setDiagnostics("HTTP status " + status);
        event.addContained(refusal);
        EventEntities.addRefusal(event, "#refusal");
    }

    private static IssueType issue(int status) {
        return switch (status) {
            case NOT_AUTHENTICATED -> IssueType.LOGIN;
            case DENIED -> IssueType.FORBIDDEN;
            case NOT_FOUND -> IssueType.NOTFOUND;
            default -> status >= FAILED ? IssueType.TRANSIENT : IssueType.PROCESSING;
        };
    }

    /** The profile that it is made for; BALP has some for what came about, by somebody from outside. */
    private static Optional<String> profile(AuditRow row) {
        var entry = row.entry();
        if (entry.status() >= REFUSED || entry.agent().address().isEmpty()) {
            return Optional.empty();
        }
        if (entry.deed() instanceof Disclosure) {
            return Optional.of(PROFILE + "PrivacyDisclosure.Source");
        }
        return Optional.of(entry.deed())
                .filter(Interaction.class::isInstance)
                .flatMap(deed -> pattern((Interaction) deed, entry.entity().id().isPresent()))
                .map(name -> PROFILE + (entry.entity().patient().isPresent() ? "Patient" : "") + name);
    }

    private static Optional<String> pattern(Interaction interaction, boolean one) {
        return switch (interaction) {
            case READ, VREAD, HISTORY_INSTANCE -> Optional.of("Read").filter(name -> one);
            case CREATE -> Optional.of("Create").filter(name -> one);
            case UPDATE, PATCH -> Optional.of("Update").filter(name -> one);
            case DELETE -> Optional.of("Delete").filter(name -> one);
            case SEARCH -> Optional.of("Query");
            default -> Optional.empty();
        };
    }
}
