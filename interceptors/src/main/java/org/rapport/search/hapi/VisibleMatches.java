package org.rapport.search.hapi;

import ca.uhn.fhir.model.api.ResourceMetadataKeyEnum;
import ca.uhn.fhir.model.valueset.BundleEntrySearchModeEnum;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Resource;
import org.rapport.access.Action.Interaction;
import org.rapport.access.hapi.CallerAccess;

/**
 * Looks through a search for what a caller may see.
 *
 * @param access decides
 * @param stored is searched
 * @param search what is asked
 */
record VisibleMatches(CallerAccess access, StoredPages stored, PrivatePages.Search search) {

    private static final int PAGE = 100;

    /** With what they include, as many as a search includes anyhow. */
    private static final int MOST_FOUND = 1_000;

    /** A caller from whom more than this is hidden at a stretch is told that there is no more. */
    private static final int MOST_HIDDEN = 5_000;

    /**
     * What was found.
     *
     * @param found matches as many as wanted, and what they may include
     * @param next where the next match lies that the caller may see; empty when there is none
     */
    record More(List<Resource> found, Optional<Integer> next) {}

    /** From an offset on, so many matches. */
    More from(int offset, int wanted) {
        var found = new ArrayList<Resource>();
        int matches = 0;
        int at = offset;
        int size = wanted + 1;
        var parameters = search.parameters().stream()
                .filter(one -> wanted > 0 || !Inclusion.isNamed(one.getKey()))
                .toList();
        while (at - offset <= MOST_HIDDEN) {
            var page = stored.page(search.type(), parameters, at, size);
            access.prepare(page.stream());
            var inOrder = page.stream().filter(one -> !isIncluded(one)).toList();
            page.stream()
                    .filter(one -> isIncluded(one) && access.may(Interaction.READ, one))
                    .limit(Math.max(0, MOST_FOUND - found.size()))
                    .forEach(found::add);
            for (int index = 0; index < inOrder.size(); index++) {
                if (access.may(Interaction.SEARCH, inOrder.get(index))) {
                    if (matches == wanted) {
                        return new More(found, Optional.of(at + index));
                    }
                    matches++;
                    found.add(inOrder.get(index));
                }
            }
            if (inOrder.size() < size) {
                return new More(found, Optional.empty());
            }
            at += inOrder.size();
            size = PAGE;
        }
        return new More(found, Optional.empty());
    }

    static boolean isIncluded(Resource resource) {
        return ResourceMetadataKeyEnum.ENTRY_SEARCH_MODE.get(resource) == BundleEntrySearchModeEnum.INCLUDE;
    }

    static String name(Resource resource) {
        return resource.fhirType() + "/" + resource.getIdElement().getIdPart();
    }
}
