package org.rapport.access;

import ca.uhn.fhir.context.FhirContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/**
 * The resources that another one contains.
 *
 * @param holder contains them
 */
public record ContainedResources(DomainResource holder) {

    private static final String LOCAL = "#";

    /** Whether all that a resource holds belongs to it, as what it contains does: entries of a Bundle in it would not. */
    public static boolean areAllOf(Resource resource) {
        return resource instanceof DomainResource holder
                && holder.getContained().stream().allMatch(DomainResource.class::isInstance);
    }

    /** Keeps those of open types that the holder refers to, or one that is kept; references to others are emptied. */
    void keep(Predicate<String> open) {
        if (holder.getContained().isEmpty()) {
            return;
        }
        Map<String, Resource> left = new HashMap<>();
        holder.getContained().stream()
                .filter(one -> open.test(one.fhirType()))
                .forEach(one -> left.put(local(one.getId()), one));
        holder.setContained(new ArrayList<>());
        var kept = new ArrayList<Resource>();
        for (List<Resource> round = List.of(holder); !round.isEmpty(); ) {
            var named = round.stream()
                    .flatMap(ContainedResources::references)
                    .map(reference -> local(reference.getReference()))
                    .toList();
            round = named.stream()
                    .distinct()
                    .filter(left::containsKey)
                    .map(left::remove)
                    .toList();
            kept.addAll(round);
        }
        var ids = new HashSet<String>();
        kept.forEach(one -> ids.add(local(one.getId())));
        Stream.concat(Stream.of(holder), kept.stream()).forEach(one -> emptyOthers(one, ids));
        holder.setContained(kept);
    }

    private static void emptyOthers(Resource resource, Set<String> ids) {
        references(resource)
                .filter(reference -> !ids.contains(local(reference.getReference())))
                .forEach(reference -> {
                    reference.setReference(null).setDisplay(null).setIdentifier(null);
                    reference.setResource(null);
                });
    }

    private static Stream<Reference> references(Resource resource) {
        return FhirContext.forR4Cached()
                .newTerser()
                .getAllPopulatedChildElementsOfType(resource, Reference.class)
                .stream()
                .filter(reference -> reference.hasReference()
                        && reference.getReference().startsWith(LOCAL)
                        && reference.getReference().length() > LOCAL.length());
    }

    private static String local(String id) {
        return id.startsWith(LOCAL) ? id : LOCAL + id;
    }
}
