package org.rapport.access;

import java.time.Instant;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/**
 * Finds the patients whose record a resource belongs to, by the tie that {@link TypeRule} names for its type.
 *
 * @param origin a reference to this server may be written in full
 * @param stored what was stored under an id at a moment, {@link Instant#MAX} for now, where a tie leads over another resource:
 *     whose that was when a version was written, that version is
 */
public record RecordOwners(PublicOrigin origin, BiFunction<IdType, Instant, Optional<Resource>> stored) {

    /** What to ask the rules about a resource. */
    public Target.Resource target(Resource resource) {
        var id = Optional.ofNullable(resource.getIdElement().getIdPart());
        return new Target.Resource(resource.fhirType(), id, patients(resource), Optional.of(resource));
    }

    /** Logical ids of patients; a reference to another server or by identifier names none of ours. */
    public Set<String> patients(Resource resource) {
        var link = TypeRule.of(resource.fhirType()).recordLink();
        if (link.isEmpty()) {
            return Set.of();
        }
        if (link.get().path().isEmpty()) {
            var id = resource.getIdElement().getIdPart();
            return id == null ? Set.of() : Set.of(id);
        }
        var patients = new HashSet<String>();
        for (var value : values(resource, link.get().path())) {
            if (value instanceof Reference reference) {
                idOf(reference, "Patient").forEach(patients::add);
            }
        }
        return patients;
    }

    /** The patients whom somebody meets in a resource and in all that it holds: a Bundle by itself is of nobody's record. */
    public Set<String> met(Resource resource) {
        return resource instanceof Bundle bundle
                ? bundle.getEntry().stream()
                        .flatMap(entry -> Stream.ofNullable(entry.getResource()))
                        .flatMap(entry -> met(entry).stream())
                        .filter(id -> new IdType("Patient", id).isIdPartValid())
                        .collect(Collectors.toUnmodifiableSet())
                : patients(resource);
    }

    /** The logical id that a reference to a resource of a type on this server holds; none for any other reference. */
    public Stream<String> idOf(Reference reference, String type) {
        return here(reference).filter(id -> type.equals(id.getResourceType())).map(IdType::getIdPart);
    }

    private Stream<IdType> here(Reference reference) {
        var id = new IdType(reference.getReference());
        boolean here = !id.hasBaseUrl() || id.getBaseUrl().equals(origin.fhirBase());
        return here && id.hasResourceType() && id.hasIdPart() ? Stream.of(id) : Stream.of();
    }

    private List<Base> values(Resource start, String path) {
        var written = Optional.ofNullable(start.getMeta().getLastUpdated())
                .map(Date::toInstant)
                .orElse(Instant.MAX);
        List<Base> values = List.of(start);
        for (var element : path.split("\\.", -1)) {
            values = values.stream()
                    .flatMap(value -> followed(value, written))
                    .flatMap(value -> Stream.ofNullable(value.getNamedProperty(element)))
                    .flatMap(property -> property.getValues().stream())
                    .toList();
        }
        return values;
    }

    private Stream<? extends Base> followed(Base value, Instant written) {
        return value instanceof Reference reference
                ? here(reference).flatMap(id -> stored.apply(id, written).stream())
                : Stream.of(value);
    }
}
