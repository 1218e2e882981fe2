package org.rapport.access.hapi;

import ca.uhn.fhir.context.FhirContext;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Resource;
import org.rapport.access.Action;
import org.rapport.access.Action.Interaction;
import org.rapport.access.PublicOrigin;
import org.rapport.access.RecordOwners;
import org.rapport.document.hapi.AttachedFile;
import org.rapport.failure.Failure;
import org.rapport.failure.hapi.FailureException;

/**
 * Lets people refer only to what they may see. To what is hidden and to what is not there they get the same answer, so that
 * no reference tells whether it is.
 *
 * @param stored reads within the transaction of the write
 * @param owners the record of a resource, which is judged by the rules
 * @param origin a reference to this server may be written in full
 */
public record VisibleReferences(StoredResources stored, RecordOwners owners, PublicOrigin origin) {

    private static final Failure NOT_VISIBLE =
            Failure.of(422, "processing", "A reference leads to nothing that this server can show you");

    /**
     * Stops a resource that refers to something new which its writer may not see. Ask it before the consents, which are
     * silent about patients who are not there. A file is new to a document that passes to another patient. Who stays in records is refused both by the rules, and of a system no consent is asked.
     */
    public void check(CallerAccess access, Action action, Optional<Resource> before, Resource after) {
        if (access.caller().seesWholeTypes()) {
            return;
        }
        if (bySearch(after)) {
            throw new FailureException(Failure.PRECONDITION_FAILED);
        }
        var fresh = new HashSet<>(references(after));
        before.ifPresent(old -> fresh.removeAll(references(old)));
        access.caller().fhirUser().ifPresent(fresh::remove);
        if (access.caller().actsAlone() || access.staysInRecords(action)) {
            owners.patients(after).forEach(patient -> fresh.remove("Patient/" + patient));
        }
        var files = new HashSet<>(AttachedFile.in(after, origin));
        before.filter(old -> owners.patients(old).equals(owners.patients(after)))
                .ifPresent(old -> files.removeAll(AttachedFile.in(old, origin)));
        if (!fresh.stream().map(IdType::new).allMatch(reference -> isVisible(access, reference))
                || !files.stream().allMatch(file -> isVisible(access, file))) {
            throw new FailureException(NOT_VISIBLE);
        }
    }

    /** A reference by search would tell what it finds; a patch can bring one along in any form. */
    public static boolean bySearch(Resource resource) {
        return values(resource).anyMatch(value -> value.indexOf('?') >= 0);
    }

    private boolean isVisible(CallerAccess access, IdType reference) {
        return stored.current(reference.getResourceType(), reference.getIdPart())
                .filter(resource -> access.may(Interaction.READ, resource))
                .isPresent();
    }

    /** Who attaches a file could read it from then on, in the version named; an older one is not what they see now. */
    private boolean isVisible(CallerAccess access, AttachedFile file) {
        return stored.current("Binary", file.id())
                .filter(found -> file.version()
                        .map(found.getIdElement().getVersionIdPart()::equals)
                        .orElse(true))
                .filter(found -> access.may(Interaction.READ, found))
                .isPresent();
    }

    /** What it refers to on this server, such as {@code Encounter/1}; what a transaction makes has no id yet. */
    private Set<String> references(Resource resource) {
        return values(resource)
                .map(IdType::new)
                .filter(id -> id.hasResourceType() && id.hasIdPart())
                .filter(id -> !id.hasBaseUrl() || id.getBaseUrl().equals(origin.fhirBase()))
                .map(id -> id.getResourceType() + "/" + id.getIdPart())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Stream<String> values(Resource resource) {
        return FhirContext.forR4Cached().newTerser().getAllResourceReferences(resource).stream()
                .flatMap(found -> Stream.ofNullable(
                        found.getResourceReference().getReferenceElement().getValue()));
    }
}
