package org.rapport.harness.audit;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A request and its answer, as the client knows them.
 *
 * @param request its id
 * @param line what was asked for
 * @param asked the body that was sent
 * @param status of the answer
 * @param answer its body
 */
record Exchange(String request, Line line, String asked, int status, String answer) {

    private static final Set<Integer> MAY_FLOOD = Set.of(401, 429);

    /**
     * What the first line of a request says.
     *
     * @param method in capital letters
     * @param path what follows the FHIR base, without the query
     * @param query without question mark, or the condition of a create
     */
    record Line(String method, String path, String query) {

        private static final Pattern TYPE = Pattern.compile("[A-Z][A-Za-z]{1,63}");
        private static final Pattern ID = Pattern.compile("[A-Za-z0-9\\-.]{1,64}");

        Optional<String> type() {
            return level(0).filter(type -> TYPE.matcher(type).matches());
        }

        Optional<String> id() {
            return type().isPresent() ? level(1).filter(id -> ID.matcher(id).matches()) : Optional.empty();
        }

        boolean isOperation() {
            return Stream.of(levels()).anyMatch(level -> level.startsWith("$"));
        }

        boolean isBundle() {
            return method.equals("POST") && path.isEmpty();
        }

        /** Whether it creates, changes or deletes a resource. */
        boolean writesOne() {
            return !isOperation() && !isBundle() && !method.equals("GET") && !path.endsWith("/_search");
        }

        private Optional<String> level(int index) {
            return Stream.of(levels()).skip(index).findFirst();
        }

        private String[] levels() {
            return path.split("/", -1);
        }

        @Override
        public String toString() {
            return method + " /" + path + (query.isEmpty() ? "" : "?" + query);
        }
    }

    boolean succeeded() {
        return status < 400;
    }

    boolean failed() {
        return status >= 500;
    }

    /** Whether many of its kind may share a row that counts them. */
    boolean mayBeCounted() {
        return MAY_FLOOD.contains(status);
    }

    /** Whether the answer holds only some elements of what it shows, without that which names the patient maybe. */
    boolean asksForElements() {
        return Stream.of(line.query(), asked)
                .anyMatch(text -> text.contains("_elements=") || text.contains("_summary="));
    }

    /** Whether somebody reading the request and the answer meets that patient. */
    boolean tellsOf(String patient) {
        return Stream.of(line.path(), line.query(), asked, answer).anyMatch(text -> text.contains(patient));
    }

    /** The patients whose resources the answer shows. */
    List<String> shown() {
        return Shown.patients(answer);
    }

    @Override
    public String toString() {
        return line + " (" + status + ", request " + request + ")";
    }
}
