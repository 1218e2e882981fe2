package org.rapport.condition.hapi;

import ca.uhn.fhir.util.UrlUtil;
import java.util.List;
import java.util.Map;
import org.rapport.failure.Failure;
import org.rapport.failure.hapi.FailureException;
import org.rapport.search.hapi.Questions;

/**
 * What must not be there yet when a resource is created.
 *
 * @param type of the resource, and of what is looked for
 * @param parameters of the search that must find nothing, all of which must match
 * @see <a href="https://hl7.org/fhir/R4/http.html#ccreate">FHIR R4 conditional create</a>
 */
record CreateCondition(String type, List<Map.Entry<String, String>> parameters) {

    /**
     * Reads a condition as it is sent: {@code identifier=1}, or with the type before it.
     *
     * @throws FailureException 400 when it is none, or one about another type
     */
    static CreateCondition of(String type, String written) {
        var query = written.startsWith(type + "?") ? written.substring(type.length() + 1) : written;
        if (query.indexOf('?') >= 0) {
            throw malformed();
        }
        try {
            var parameters = Questions.of(UrlUtil.parseQueryString(query)).stream()
                    .sorted(Map.Entry.<String, String>comparingByKey().thenComparing(Map.Entry.comparingByValue()))
                    .toList();
            if (parameters.isEmpty() || !parameters.stream().allMatch(CreateCondition::says)) {
                throw malformed();
            }
            return new CreateCondition(type, parameters);
        } catch (IllegalArgumentException e) {
            throw malformed();
        }
    }

    /** The store passes over a parameter without a value, and would find whatever there is. */
    private static boolean says(Map.Entry<String, String> parameter) {
        return parameter.getValue().chars().anyMatch(Character::isLetterOrDigit);
    }

    /** The same as one text, whatever was escaped and in whatever order it came. */
    String written() {
        return type + "?" + Questions.query(parameters);
    }

    private static FailureException malformed() {
        return new FailureException(
                Failure.malformed("If-None-Exist names search parameters of the type that is created, with values"));
    }
}
