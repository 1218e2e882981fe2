package org.rapport.access;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.rapport.access.AccessDecision.Deny;
import org.rapport.access.AccessDecision.Permit;

/**
 * Decides whom people may name as author of what they write, after {@link AccessRules} has opened the record to them:
 * patients and those who act for them write what is theirs by their own name and change nothing else, staff add no other
 * person's name, and what ties one patient's record to another's is left to systems.
 *
 * @param origin a reference to this server may be written in full
 */
public record AuthorRules(PublicOrigin origin) {

    /** Says that a measurement comes from the patient, a code of HL7's security metadata. */
    public static final String PATIENT_REPORTED = "PATRPT";

    /** The system of {@link #PATIENT_REPORTED}. */
    public static final String REPORTED_BY = "http://terminology.hl7.org/CodeSystem/v3-ObservationValue";

    private static final Set<String> PERSONS = Set.of("Practitioner", "Patient", "RelatedPerson");
    private static final Set<String> CARE_TEAM = Set.of("CareTeam", "Practitioner", "PractitionerRole");

    /**
     * Whether somebody may write a resource as it is.
     *
     * @param before the stored version; empty for a new resource
     * @param after what would be stored
     */
    public AccessDecision decide(Caller caller, Optional<Resource> before, Resource after) {
        if (caller.actsAlone()) {
            return new Permit();
        }
        if (after instanceof Patient patient && !sameLinks(before, patient)) {
            return new Deny("author rule: links between patients are for systems");
        }
        var finding = FindingRules.decide(caller, before, after);
        if (!finding.permitted()) {
            return finding;
        }
        var user = caller.fhirUser().orElse("");
        return user.startsWith("Patient/") || user.startsWith("RelatedPerson/") || user.startsWith("Person/")
                ? personal(user, before, after)
                : professional(user, before, after);
    }

    private AccessDecision personal(String user, Optional<Resource> before, Resource after) {
        if (before.isPresent() && !authors(before.get()).contains(user)) {
            return new Deny("author rule: people change what they wrote themselves alone");
        }
        if (!Set.of(user).containsAll(authors(after))) {
            return new Deny("author rule: another author than the caller");
        }
        return switch (after.fhirType()) {
            case "Observation" ->
                authors(after).isEmpty() || !isReported((Observation) after)
                        ? new Deny("author rule: an Observation of a patient names them as performer and is in the"
                                + " category " + PATIENT_REPORTED)
                        : new Permit();
            case "Communication" -> toCareTeam((Communication) after);
            case "QuestionnaireResponse" -> new Permit();
            default -> new Deny("author rule: patients do not write " + after.fhirType());
        };
    }

    private AccessDecision professional(String user, Optional<Resource> before, Resource after) {
        Set<String> known = before.map(this::answerable).orElse(Set.of());
        return answerable(after).stream()
                        .filter(author -> !author.equals(user) && !known.contains(author))
                        .map(IdType::new)
                        .anyMatch(author -> !author.hasResourceType() || PERSONS.contains(author.getResourceType()))
                ? new Deny("author rule: another person as author, or nobody can tell who")
                : new Permit();
    }

    private AccessDecision toCareTeam(Communication communication) {
        var recipients = communication.getRecipient().stream()
                .map(recipient -> new IdType(shortened(recipient)))
                .toList();
        return !recipients.isEmpty()
                        && recipients.stream()
                                .allMatch(recipient ->
                                        recipient.hasResourceType() && CARE_TEAM.contains(recipient.getResourceType()))
                ? new Permit()
                : new Deny("author rule: patients write to their care team");
    }

    private static boolean isReported(Observation observation) {
        return observation.getCategory().stream()
                .anyMatch(category -> category.hasCoding(REPORTED_BY, PATIENT_REPORTED));
    }

    private static boolean sameLinks(Optional<Resource> before, Patient after) {
        var old = before.filter(Patient.class::isInstance)
                .map(Patient.class::cast)
                .orElseGet(Patient::new);
        return old.getLink().size() == after.getLink().size()
                && IntStream.range(0, after.getLink().size())
                        .allMatch(i ->
                                old.getLink().get(i).equalsDeep(after.getLink().get(i)));
    }

    private Set<String> authors(Resource resource) {
        return shortened(Authorship.of(resource));
    }

    private Set<String> answerable(Resource resource) {
        return shortened(Authorship.answerable(resource));
    }

    private Set<String> shortened(Stream<Reference> references) {
        return references.map(this::shortened).collect(Collectors.toUnmodifiableSet());
    }

    /** A reference by identifier, by name or into the resource itself stays one that names no resource here. */
    private String shortened(Reference reference) {
        if (!reference.hasReference()) {
            var identifier = reference.getIdentifier();
            return "urn:unresolved:" + identifier.getSystem() + "|" + identifier.getValue() + "|"
                    + reference.getDisplay();
        }
        var id = new IdType(reference.getReference());
        boolean here = !id.hasBaseUrl() || id.getBaseUrl().equals(origin.fhirBase());
        return here && id.hasResourceType() && id.hasIdPart()
                ? id.getResourceType() + "/" + id.getIdPart()
                : reference.getReference();
    }
}
