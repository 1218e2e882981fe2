package org.rapport.search.hapi;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.SearchEntryMode;
import org.hl7.fhir.r4.model.Resource;

/**
 * Takes out of an answer what was included by way of a resource that the caller was not shown: it would tell that there is
 * such a resource, and what it refers to.
 *
 * @param links where parameters lead
 * @param inclusions what the search included
 */
public record IncludedView(SearchLinks links, List<Inclusion> inclusions) {

    /** Takes out of a page what nothing that is left on it leads to. */
    public void prune(Bundle answer) {
        var matches = new ArrayList<Resource>();
        var waiting = new ArrayList<Resource>();
        for (var entry : answer.getEntry()) {
            if (entry.hasResource() && !isOutcome(entry)) {
                (isIncluded(entry) ? waiting : matches).add(entry.getResource());
            }
        }
        var reached = new HashSet<Resource>(matches);
        var round = new ArrayList<>(matches);
        var references = new HashMap<Resource, Map<String, Set<String>>>();
        boolean first = true;
        while (!round.isEmpty() && !waiting.isEmpty()) {
            var next = new ArrayList<Resource>();
            for (var candidate : waiting) {
                if (isReached(candidate, round, first, references)) {
                    next.add(candidate);
                }
            }
            waiting.removeAll(next);
            reached.addAll(next);
            round = next;
            first = false;
        }
        answer.getEntry().removeIf(entry -> isIncluded(entry) && !reached.contains(entry.getResource()));
    }

    private boolean isReached(
            Resource candidate,
            List<Resource> from,
            boolean fromMatches,
            Map<Resource, Map<String, Set<String>>> references) {
        for (var inclusion : inclusions) {
            if (!fromMatches && !inclusion.again()) {
                continue;
            }
            for (var shown : from) {
                var source = inclusion.reverse() ? candidate : shown;
                var target = inclusion.reverse() ? shown : candidate;
                if (source.fhirType().equals(inclusion.type())
                        && inclusion.target().map(target.fhirType()::equals).orElse(true)
                        && references
                                .computeIfAbsent(source, key -> new HashMap<>())
                                .computeIfAbsent(inclusion.parameter(), name -> links.references(source, name))
                                .contains(name(target))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static String name(Resource resource) {
        return resource.fhirType() + "/" + resource.getIdElement().getIdPart();
    }

    private static boolean isIncluded(BundleEntryComponent entry) {
        return entry.getSearch().getMode() == SearchEntryMode.INCLUDE;
    }

    private static boolean isOutcome(BundleEntryComponent entry) {
        return entry.getSearch().getMode() == SearchEntryMode.OUTCOME;
    }
}
