package org.rapport.access.hapi;

import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Resource;
import org.rapport.access.AccessDecision;
import org.rapport.access.Action;
import org.rapport.access.RecordOwners;
import org.rapport.access.Target;

/** Decides about what others tell the record of: files by the documents that name them, documents by their entries. */
final class IndirectAccess {

    private final RecordOwners owners;
    private final FileAccess files;
    private final DocumentAccess documents;

    IndirectAccess(CallerAccess access, CallerAccess.Source source) {
        this.owners = source.owners();
        this.files = new FileAccess(access, source.documents(), owners);
        this.documents = new DocumentAccess(access, owners);
    }

    /** The permit that others give; empty when none does, and for a resource that says itself whose it is. */
    Optional<AccessDecision> decide(Action action, Resource resource) {
        if (resource instanceof Binary file) {
            return files.decide(action, file);
        }
        return resource instanceof Bundle bundle ? documents.decide(action, bundle) : Optional.empty();
    }

    /** What to ask about a resource, which may be more than one thing. */
    Stream<Target.Resource> targets(Resource resource) {
        if (resource instanceof Binary file) {
            return files.targets(file);
        }
        return resource instanceof Bundle bundle ? documents.targets(bundle) : Stream.of(owners.target(resource));
    }
}
