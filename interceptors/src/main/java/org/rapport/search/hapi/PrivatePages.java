package org.rapport.search.hapi;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.SearchEntryMode;
import org.hl7.fhir.r4.model.Resource;
import org.rapport.access.Action;
import org.rapport.access.Action.Interaction;
import org.rapport.access.hapi.CallerAccess;
import org.rapport.failure.Failure;
import org.rapport.failure.hapi.FailureException;
import org.rapport.limit.RequestLimits;

/**
 * Makes the pages of searches tell nothing of what is left out of them: a page is full as long as there is more to see, a
 * next one is named only when there is something on it, and where it begins only its reader can use.
 *
 * @param marks say where a page begins
 * @param stored reads on where the store's own page ends
 */
public record PrivatePages(PageMarks marks, StoredPages stored) {

    /** The parameter that holds a mark. */
    public static final String PAGE = "_page";

    /** HAPI's parameter for how many matches a page begins after. */
    public static final String OFFSET = "_offset";

    private static final String COUNT = "_count";
    private static final String NEXT = "next";
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");
    private static final String SELF = "self";

    /** What a search may be asked for besides from one page to the next. */
    private static final Set<String> PRESENTATION =
            Set.of("_format", "_pretty", "_elements", "_summary", "_total", COUNT, OFFSET, PAGE);

    private static final Set<String> ON_ONE_PAGE = Set.of("_text", "_content", "_summary");

    /**
     * A search under way.
     *
     * @param asked as the caller asks
     * @param parameters as the store is asked
     * @param question what of it makes it this search, in one order
     * @param page the mark it began with
     * @param offset of the page
     */
    public record Search(
            String type,
            List<Map.Entry<String, String>> asked,
            List<Map.Entry<String, String>> parameters,
            String question,
            Optional<String> page,
            Optional<Integer> offset) {

        int count() {
            return PrivatePages.count(asked);
        }

        /**
         * Whether the store may be asked for one match more than the page holds. What that one includes could not be told from
         * what the page includes; a search by free text has no next page, nor has a summary that is a number.
         */
        boolean mayReadOneMore() {
            return count() > 0
                    && asked.stream().map(Map.Entry::getKey).noneMatch(ON_ONE_PAGE::contains)
                    && asked.stream().map(Map.Entry::getKey).noneMatch(Inclusion::isNamed);
        }
    }

    /**
     * Finds where the page begins that a caller asks for.
     *
     * @param asked as the caller asks
     * @param narrowed as the store is to be asked
     * @throws FailureException 404 when the mark of the page is not the caller's for this search, 400 for a plain number
     */
    public Search begin(
            CallerAccess access,
            String type,
            List<Map.Entry<String, String>> asked,
            List<Map.Entry<String, String>> narrowed,
            Optional<String> page) {
        if (asked.stream()
                .anyMatch(one -> one.getKey().equals(OFFSET) && !one.getValue().equals("0"))) {
            throw new FailureException(
                    Failure.of(400, "not-supported", "_offset is for systems; follow the link to the next page"));
        }
        count(asked);
        var question = question(type, asked, SearchNarrowing.of(access, Action.on(Interaction.SEARCH, type)));
        Optional<Integer> offset = page.map(mark ->
                marks.read(access.caller(), question, mark).orElseThrow(() -> new FailureException(Failure.NOT_FOUND)));
        var parameters = narrowed.stream()
                .filter(one -> !PRESENTATION.contains(one.getKey()))
                .toList();
        return new Search(type, asked, parameters, question, page, offset);
    }

    /** With what narrows it, so that a mark is worth nothing when other records are within reach. */
    private static String question(
            String type, List<Map.Entry<String, String>> asked, List<Map.Entry<String, String>> narrowing) {
        return type + "?"
                + Questions.query(Stream.concat(asked.stream(), narrowing.stream())
                        .filter(one -> !PRESENTATION.contains(one.getKey()))
                        .distinct()
                        .sorted(Map.Entry.<String, String>comparingByKey().thenComparing(Map.Entry.comparingByValue()))
                        .toList());
    }

    private static int count(List<Map.Entry<String, String>> parameters) {
        return number(parameters, COUNT)
                .map(count -> Math.min(count, RequestLimits.PAGE))
                .orElse(RequestLimits.USUAL_PAGE);
    }

    private static Optional<Integer> number(List<Map.Entry<String, String>> parameters, String name) {
        return parameters.stream()
                .filter(one -> one.getKey().equals(name))
                .map(one -> number(one.getValue()))
                .findFirst();
    }

    private static int number(String text) {
        if (!NUMBER.matcher(text).matches()) {
            throw new FailureException(
                    Failure.invalid("_count and _offset are numbers from 0 on, of nine digits at most"));
        }
        return Integer.parseInt(text);
    }

    /** Names the next page of a record, from whose page something was left out, by number: the store takes it for the last. */
    static void goOn(Bundle answer, List<Map.Entry<String, String>> asked) {
        if (answer.getLink(NEXT) == null && answer.getLink(SELF) != null && count(asked) > 0) {
            int next = number(asked, OFFSET).orElse(0) + count(asked);
            var self = marked(answer.getLink(SELF).getUrl(), Optional.empty());
            answer.addLink().setRelation(NEXT).setUrl(self + (self.indexOf('?') < 0 ? "?" : "&") + OFFSET + "=" + next);
        }
    }

    /**
     * Fills a page and writes its links, which are the store's own so far.
     *
     * @param oneMore whether the store was asked for one match more than the page holds
     * @param hidden whether something may have been left out of the page: then the store does not say whether there is more
     */
    public void end(CallerAccess access, Search search, Bundle answer, boolean oneMore, boolean hidden) {
        boolean more = answer.getLink(NEXT) != null || hidden;
        answer.getLink().removeIf(link -> !SELF.equals(link.getRelation()));
        answer.getLink().forEach(link -> link.setUrl(marked(link.getUrl(), search.page())));
        if (oneMore && !hidden && matches(answer) > search.count()) {
            answer.getEntry().remove(answer.getEntry().size() - 1);
            nameNext(access, search, answer, search.offset().orElse(0) + search.count());
        } else if (more && search.count() > 0) {
            int read = search.count() + (oneMore ? 1 : 0);
            var rest = new VisibleMatches(access, stored, search)
                    .from(search.offset().orElse(0) + read, search.count() - matches(answer));
            add(answer, rest.found());
            rest.next().ifPresent(next -> nameNext(access, search, answer, next));
        }
    }

    private void nameNext(CallerAccess access, Search search, Bundle answer, int next) {
        if (next <= RequestLimits.OFFSET) {
            var plain = address(answer) + search.type() + "?" + Questions.query(search.asked());
            var mark = marks.make(access.caller(), search.question(), next);
            answer.addLink().setRelation(NEXT).setUrl(marked(plain, Optional.of(mark)));
        }
    }

    private static int matches(Bundle answer) {
        return (int) answer.getEntry().stream()
                .filter(entry -> entry.getSearch().getMode() == SearchEntryMode.MATCH)
                .count();
    }

    /** The link with a mark for the number. */
    private static String marked(String link, Optional<String> mark) {
        int query = link.indexOf('?');
        var asked = query < 0 ? "" : link.substring(query + 1);
        var parts = Stream.concat(
                        Stream.of(asked.split("&", -1))
                                .filter(part -> !part.isEmpty())
                                .filter(part -> !part.startsWith(OFFSET + "=") && !part.startsWith(PAGE + "=")),
                        mark.stream().map(text -> PAGE + "=" + text))
                .toList();
        var path = query < 0 ? link : link.substring(0, query);
        return parts.isEmpty() ? path : path + "?" + String.join("&", parts);
    }

    /** Matches come before what they include. */
    private static void add(Bundle answer, List<Resource> found) {
        var shown = new HashSet<String>();
        answer.getEntry().stream()
                .filter(BundleEntryComponent::hasResource)
                .forEach(entry -> shown.add(VisibleMatches.name(entry.getResource())));
        int matches = matches(answer);
        var base = address(answer);
        for (var resource : found) {
            if (shown.add(VisibleMatches.name(resource))) {
                boolean match = !VisibleMatches.isIncluded(resource);
                var entry = new BundleEntryComponent()
                        .setResource(resource)
                        .setFullUrl(base + VisibleMatches.name(resource));
                entry.getSearch().setMode(match ? SearchEntryMode.MATCH : SearchEntryMode.INCLUDE);
                answer.getEntry().add(match ? matches++ : answer.getEntry().size(), entry);
            }
        }
    }

    /** Where the resources of an answer lie; what is searched by POST has a path more. */
    private static String address(Bundle answer) {
        var path = answer.getLink(SELF).getUrl().split("\\?", 2)[0].replaceFirst("/_search$", "");
        return path.substring(0, path.lastIndexOf('/') + 1);
    }
}
