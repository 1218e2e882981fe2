package org.rapport.harness.audit;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Finds rows that tell under the id of a request of something else. */
final class Foreign {

    private static final Set<String> READS =
            Set.of("read", "vread", "history-instance", "history-type", "history-system", "search-type", "operation");

    private Foreign() {}

    static Stream<String> faults(Exchange exchange, List<Recorded> rows) {
        var line = exchange.line();
        if (line.isOperation()) {
            return patients(exchange, rows);
        }
        var others = rows.stream()
                .filter(row -> !row.standsBesideOthers() && !isAbout(line, row))
                .toList();
        boolean all = others.size() == rows.size();
        return Stream.concat(
                patients(exchange, rows),
                others.stream().filter(row -> all || !line.writesOne()).map(row -> "is not " + row));
    }

    /** Whether a row tells of what was asked; who creates or asks by a condition does not know of which id. */
    static boolean isAbout(Exchange.Line line, Recorded row) {
        if (line.isBundle() || row.isOfABundle()) {
            return line.isBundle() && row.isOfABundle();
        }
        boolean byCondition = line.writesOne() && line.id().isEmpty();
        return (line.writesOne() ? written(line) : READS).contains(row.deed().interaction())
                && line.type().equals(row.entity().type())
                && (byCondition || line.id().equals(row.entity().id()));
    }

    /** What a write may be recorded as: a change of nothing by its name, a PUT of what was not there as a create. */
    private static Set<String> written(Exchange.Line line) {
        return switch (line.method()) {
            case "POST" -> Set.of("create");
            case "PUT" -> Set.of("create", "update");
            case "PATCH" -> Set.of("update", "patch");
            default -> Set.of("delete");
        };
    }

    private static Stream<String> patients(Exchange exchange, List<Recorded> rows) {
        return namesItsPatients(exchange)
                ? rows.stream()
                        .filter(row -> !row.standsBesideOthers())
                        .filter(row -> row.entity()
                                .patient()
                                .filter(patient -> !exchange.tellsOf(patient))
                                .isPresent())
                        .map(row -> "asked and told nothing of the patient of " + row)
                : Stream.empty();
    }

    /** The answer to a deletion, a patch or a wish for few elements may name nobody; a file is about those whose documents name it. */
    private static boolean namesItsPatients(Exchange exchange) {
        return !Set.of("DELETE", "PATCH").contains(exchange.line().method())
                && !exchange.asksForElements()
                && !exchange.line().type().equals(Optional.of("Binary"));
    }
}
