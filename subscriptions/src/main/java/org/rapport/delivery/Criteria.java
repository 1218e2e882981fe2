package org.rapport.delivery;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a Subscription watches for: a search of one type, asked about each new version of a resource.
 *
 * @param type resource type
 * @param query search parameters as in a URL; empty for every resource of the type
 * @see <a href="https://hl7.org/fhir/R4/subscription.html">FHIR R4 Subscription</a>
 */
public record Criteria(String type, String query) {

    private static final Pattern FORM = Pattern.compile("([A-Z][A-Za-z]{1,63})(?:\\?([^?#\\s]*))?");

    /** The common parameters that tell of the resource itself; the others steer a search or look at other resources. */
    private static final Set<String> COMMON = Set.of("_id", "_tag", "_security", "_profile");

    /**
     * Reads the criteria of a Subscription.
     *
     * @return empty unless it is a search of one type without chains, reverse chains and what steers a result: those
     *     look at resources that the author was not asked about
     */
    public static Optional<Criteria> parse(String text) {
        var form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        var query = form.group(2) == null ? "" : form.group(2);
        boolean plain = Pattern.compile("&")
                .splitAsStream(query)
                .filter(part -> !part.isEmpty())
                .allMatch(Criteria::looksAtTheResource);
        return plain ? Optional.of(new Criteria(form.group(1), query)) : Optional.empty();
    }

    /** Whether it matches some resources of the type only. */
    public boolean narrows() {
        return !query.isEmpty();
    }

    /** As a search, such as {@code Observation?code=8867-4}. */
    public String search() {
        return type + "?" + query;
    }

    private static boolean looksAtTheResource(String part) {
        try {
            int equals = part.indexOf('=');
            var name = URLDecoder.decode(part.substring(0, Math.max(equals, 0)), StandardCharsets.UTF_8);
            var parameter = name.split(":", 2)[0];
            return !name.isEmpty()
                    && name.indexOf('.') < 0
                    && (!parameter.startsWith("_") || COMMON.contains(parameter));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
