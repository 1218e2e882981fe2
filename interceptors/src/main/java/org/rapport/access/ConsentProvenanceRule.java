package org.rapport.access;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/**
 * The Provenance of Consents: who wrote a version, what the patient saw and which options changed. The server alone writes
 * it, and it is hidden from whoever may not see each version of a Consent that it tells of.
 *
 * @param origin a reference to this server may be written in full
 * @param stored finds one version of a resource, the current one where none is named
 */
public record ConsentProvenanceRule(PublicOrigin origin, Function<IdType, Optional<Resource>> stored) {

    private static final String CONSENT = "Consent";

    /** Whether a resource says where a Consent comes from, wherever that may be stored. */
    public static boolean is(Resource resource) {
        return resource instanceof Provenance provenance
                && provenance.getTarget().stream()
                        .anyMatch(target -> CONSENT.equals(target.getType())
                                || CONSENT.equals(id(target).getResourceType()));
    }

    /** Whether a Consent that it tells where it comes from is still there. */
    public boolean isNeeded(Provenance provenance) {
        return consents(provenance.getTarget().stream())
                .anyMatch(id -> stored.apply(id.toVersionless()).isPresent());
    }

    /** Whether nothing in a resource tells of a Consent that may not be read. */
    public boolean isOpen(Resource resource, Predicate<Resource> mayRead) {
        return !(resource instanceof Provenance provenance)
                || consents(Stream.concat(
                                provenance.getTarget().stream(),
                                provenance.getEntity().stream().map(entity -> entity.getWhat())))
                        .allMatch(id -> stored.apply(id).filter(mayRead).isPresent());
    }

    private Stream<IdType> consents(Stream<Reference> references) {
        return references
                .filter(reference -> reference.hasReference())
                .map(ConsentProvenanceRule::id)
                .filter(id -> CONSENT.equals(id.getResourceType()) && id.hasIdPart())
                .filter(id -> !id.hasBaseUrl() || id.getBaseUrl().equals(origin.fhirBase()))
                .map(id -> id.toUnqualified());
    }

    private static IdType id(Reference reference) {
        return new IdType(reference.getReference());
    }
}
