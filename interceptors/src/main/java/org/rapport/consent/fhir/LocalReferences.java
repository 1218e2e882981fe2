package org.rapport.consent.fhir;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/**
 * Reads references to resources of this server.
 *
 * @param fhirBase under which this server's resources lie; a reference may be written in full
 */
public record LocalReferences(String fhirBase) {

    /** The relative reference without version; empty for a reference to elsewhere, into the resource itself, or by identifier. */
    public Optional<String> of(Reference reference) {
        return id(reference).map(id -> id.getResourceType() + "/" + id.getIdPart());
    }

    Optional<IdType> id(Reference reference) {
        var id = new IdType(reference.getReference());
        boolean here = !id.hasBaseUrl() || id.getBaseUrl().equals(fhirBase);
        return here && id.hasResourceType() && id.hasIdPart() ? Optional.of(id) : Optional.empty();
    }

    /** Everything that a resource refers to. */
    public Set<String> from(Resource resource) {
        var found = new HashSet<String>();
        everythingIn(resource).forEach(value -> {
            if (value instanceof Reference reference) {
                of(reference).ifPresent(found::add);
            }
        });
        return found;
    }

    /** All values in an element, itself included. */
    static Stream<Base> everythingIn(Base element) {
        return Stream.concat(
                Stream.of(element),
                element.children().stream()
                        .flatMap(child -> child.getValues().stream())
                        .flatMap(LocalReferences::everythingIn));
    }
}
