package org.rapport.accesslog;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.rapport.audit.Agent;
import org.rapport.audit.AuditRow;
import org.rapport.audit.Authorization;
import org.rapport.audit.Deed;
import org.rapport.audit.Disclosure;
import org.rapport.audit.Interaction;
import org.rapport.audit.SecurityEvent;

/**
 * Says in plain words what a row of the audit log tells: who, what kind, when and why.
 *
 * @param patient logical id of the patient whose record it is
 * @param own whether the words are for the patient, and not for somebody who acts for or watches over them
 * @param names what people are called
 */
public record PlainWords(String patient, boolean own, Names names) {

    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern(
                    "d MMMM uuuu 'at' HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private static final Map<String, String> KINDS = Map.ofEntries(
            Map.entry("AllergyIntolerance", "allergies"),
            Map.entry("Appointment", "appointments"),
            Map.entry("CarePlan", "care plans"),
            Map.entry("Communication", "messages"),
            Map.entry("CommunicationRequest", "messages to be sent"),
            Map.entry("Condition", "diagnoses"),
            Map.entry("Consent", "consents"),
            Map.entry("Device", "devices"),
            Map.entry("DiagnosticReport", "reports"),
            Map.entry("DocumentReference", "documents"),
            Map.entry("Encounter", "visits"),
            Map.entry("Flag", "alerts"),
            Map.entry("Immunization", "vaccinations"),
            Map.entry("MedicationRequest", "prescriptions"),
            Map.entry("Observation", "measurements and findings"),
            Map.entry("Patient", "personal details"),
            Map.entry("Procedure", "treatments"),
            Map.entry("QuestionnaireResponse", "answers to questionnaires"));

    private static final Map<String, String> REASONS = Map.of(
            "BTG", "emergency access",
            "ETREAT", "emergency treatment",
            "HOPERAT", "the running of the house",
            "HPAYMT", "payment",
            "PATRQT", "the patient's own wish",
            "TREAT", "treatment");

    /** One sentence on what was done, and one on the reason where it is known. */
    public String of(AuditRow row) {
        var entry = row.entry();
        var agent = entry.agent();
        var app = agent.client()
                .filter(client -> !agent.subject().equals(Optional.of(client)))
                .map(client -> " with the app " + client)
                .orElse("");
        var reason = agent.authority()
                .purpose()
                .map(purpose -> " Reason: " + REASONS.getOrDefault(purpose, purpose) + ".")
                .orElse("");
        if (entry.deed() instanceof SecurityEvent.Kind kind) {
            return "%s %s %s record on %s."
                    .formatted(who(agent), did(kind), own ? "your" : "the patient's", MOMENT.format(row.recorded()));
        }
        if (entry.deed() instanceof Authorization) {
            var whose = own ? "your" : "the patient's";
            var version = entry.entity()
                    .version()
                    .map(number -> ", version " + number + ",")
                    .orElse("");
            return "The consent %s%s let %s see %s record on %s.%s"
                    .formatted(
                            entry.entity().id().orElse(""),
                            version,
                            who(agent),
                            whose,
                            MOMENT.format(row.recorded()),
                            reason);
        }
        return "%s %s %s %s on %s%s.%s"
                .formatted(
                        who(agent),
                        did(entry.deed()),
                        own ? "your" : "the patient's",
                        entry.deed() instanceof Disclosure
                                ? "record"
                                : kind(entry.entity().type().orElse("")),
                        MOMENT.format(row.recorded()),
                        app,
                        reason);
    }

    /** Whose name it is, as far as people know them. */
    private String who(Agent agent) {
        var user = agent.fhirUser();
        if (user.isPresent()) {
            return user.get().equals("Patient/" + patient)
                    ? (own ? "You" : "The patient")
                    : names.of(user.get()).orElse("Somebody who works here");
        }
        return switch (agent.subject().orElse("")) {
            case "" -> "Somebody unknown";
            case "link" -> "Somebody with a link from one of our messages";
            case "rapport" -> "This server, by itself,";
            default -> "The system " + agent.subject().get();
        };
    }

    private static String did(SecurityEvent.Kind kind) {
        return switch (kind) {
            case BREAK_GLASS_STARTED -> "declared an emergency to open";
            case BREAK_GLASS_ENDED -> "closed the emergency access to";
            case BREAK_GLASS_REVIEWED -> "checked the emergency access to";
            default -> "did something that concerns";
        };
    }

    private static String did(Deed deed) {
        if (deed instanceof Disclosure) {
            return "was given a copy of";
        }
        return switch (deed instanceof Interaction interaction ? interaction : Interaction.OPERATION) {
            case READ, VREAD -> "looked at";
            case HISTORY_INSTANCE, HISTORY_TYPE, HISTORY_SYSTEM -> "looked at earlier versions of";
            case SEARCH -> "searched";
            case CREATE -> "added to";
            case UPDATE, PATCH -> "changed";
            case DELETE -> "deleted something of";
            case BUNDLE, OPERATION -> "worked with";
        };
    }

    private static String kind(String type) {
        if (type.isEmpty()) {
            return "record";
        }
        return KINDS.getOrDefault(
                type, type.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT));
    }
}
