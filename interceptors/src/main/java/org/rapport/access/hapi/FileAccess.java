package org.rapport.access.hapi;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Resource;
import org.rapport.access.AccessDecision;
import org.rapport.access.Action;
import org.rapport.access.Action.Interaction;
import org.rapport.access.Caller.Role;
import org.rapport.access.RecordOwners;
import org.rapport.access.Target;
import org.rapport.document.hapi.AttachedFile;
import org.rapport.document.hapi.StoredDocuments;

/**
 * Decides about files by the documents that name them: one that the caller may read opens it, unless a patient of any of
 * them denies it to the staff. Each file is looked up once at most.
 */
final class FileAccess {

    private final CallerAccess access;
    private final StoredDocuments documents;
    private final RecordOwners owners;
    private final Map<String, Optional<AccessDecision>> known = new ConcurrentHashMap<>();

    FileAccess(CallerAccess access, StoredDocuments documents, RecordOwners owners) {
        this.access = access;
        this.documents = documents;
        this.owners = owners;
    }

    /** The permit that documents give; empty when none does. */
    Optional<AccessDecision> decide(Action action, Binary file) {
        var key = action + file.getIdElement().toUnqualified().getValue();
        var decided = known.get(key);
        if (decided == null) {
            decided = byDocuments(action, file);
            known.put(key, decided);
        }
        return decided;
    }

    /** What to ask about a file: once for each document that opens it. */
    Stream<Target.Resource> targets(Binary file) {
        return opening(file, naming(file));
    }

    private Optional<AccessDecision> byDocuments(Action action, Binary file) {
        var found = naming(file);
        return opening(file, found)
                .map(target -> access.decide(action, target))
                .filter(AccessDecision::permitted)
                .filter(decision -> actsForAPatient() || isLeftByAll(action, file, found))
                .findFirst();
    }

    private boolean actsForAPatient() {
        return access.caller().is(Role.PATIENT) || access.caller().is(Role.PROXY);
    }

    /** A consent denies for each patient that a file is about. */
    private boolean isLeftByAll(Action action, Binary file, List<Resource> found) {
        var patients = found.stream()
                .flatMap(document -> owners.patients(document).stream())
                .collect(Collectors.toUnmodifiableSet());
        return access.consented(action, target(file, patients)).permitted();
    }

    private List<Resource> naming(Binary file) {
        var found = documents.naming(AttachedFile.names(file, documents.isCurrent(file)));
        access.prepare(found.stream());
        return found;
    }

    private Stream<Target.Resource> opening(Binary file, List<Resource> found) {
        return found.stream()
                .filter(document -> access.decide(Interaction.READ, document).permitted())
                .map(document -> target(file, owners.patients(document)));
    }

    private static Target.Resource target(Binary file, Set<String> patients) {
        return new Target.Resource(
                file.fhirType(), Optional.ofNullable(file.getIdElement().getIdPart()), patients, Optional.of(file));
    }
}
