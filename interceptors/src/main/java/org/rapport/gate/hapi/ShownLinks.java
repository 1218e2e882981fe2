package org.rapport.gate.hapi;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.util.UrlUtil;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;

/**
 * Lets the links of an answer show what was asked, and not what the hooks made of it: whoever follows a link is judged
 * anew.
 */
final class ShownLinks {

    private static final String ADDED = ShownLinks.class.getName() + ".added";
    private static final String TAKEN = ShownLinks.class.getName() + ".taken";

    private ShownLinks() {}

    /** Notes a parameter that was added to a search. */
    static void added(RequestDetails request, Map.Entry<String, String> parameter) {
        additions(request).add(parameter);
    }

    /** Notes that other parameters took the place of those that were asked. */
    static void answered(
            RequestDetails request, List<Map.Entry<String, String>> asked, List<Map.Entry<String, String>> answered) {
        answered.stream().filter(one -> !asked.contains(one)).forEach(additions(request)::add);
        request.getUserData()
                .put(
                        TAKEN,
                        asked.stream().filter(one -> !answered.contains(one)).toList());
    }

    /** Writes the links of a bundle as their reader asked. */
    static void tidy(RequestDetails request, Bundle bundle) {
        if (request.getUserData().get(ADDED) instanceof Set<?> added) {
            bundle.getLink().forEach(link -> link.setUrl(asked(request, link.getUrl(), without(added, link.getUrl()))));
        }
    }

    /** Puts back what was taken; a link without a query is no link to a search. */
    private static String asked(RequestDetails request, String link, String tidied) {
        if (!(request.getUserData().get(TAKEN) instanceof List<?> taken) || link.indexOf('?') < 0) {
            return tidied;
        }
        var query = taken.stream()
                .map(one -> (Map.Entry<?, ?>) one)
                .map(one -> UrlUtil.escapeUrlParam(String.valueOf(one.getKey())) + "="
                        + UrlUtil.escapeUrlParam(String.valueOf(one.getValue())))
                .collect(Collectors.joining("&"));
        return query.isEmpty() ? tidied : tidied + (tidied.indexOf('?') < 0 ? "?" : "&") + query;
    }

    private static String without(Set<?> added, String link) {
        int query = link.indexOf('?');
        if (query < 0) {
            return link;
        }
        var kept = Stream.of(link.substring(query + 1).split("&", -1))
                .filter(part -> !added.contains(decoded(part)))
                .toList();
        return kept.isEmpty() ? link.substring(0, query) : link.substring(0, query + 1) + String.join("&", kept);
    }

    private static Map.Entry<String, String> decoded(String part) {
        int equals = Math.max(part.indexOf('='), 0);
        return Map.entry(
                UrlUtil.unescape(part.substring(0, equals)),
                UrlUtil.unescape(part.substring(Math.min(equals + 1, part.length()))));
    }

    @SuppressWarnings("unchecked")
    private static Set<Map.Entry<String, String>> additions(RequestDetails request) {
        return (Set<Map.Entry<String, String>>)
                request.getUserData().computeIfAbsent(ADDED, key -> new HashSet<Map.Entry<String, String>>());
    }
}
