package org.rapport.harness.audit;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.rapport.harness.audit.Recorded.Entity;

/**
 * What the audit log has to hold of a request: of a refusal one row that names no patient; of what reads one row for each
 * patient, or one without when nobody's record was touched; of a write the same for each version that it made; of a bundle
 * the same for itself and for each of its entries.
 */
final class ExactlyOne {

    private ExactlyOne() {}

    /** What is wrong with the rows of a request, in words; empty when nothing is. */
    static List<String> faults(Exchange exchange, List<Recorded> rows) {
        if (Published.leavesOut(exchange)) {
            return rows.isEmpty() ? List.of() : List.of("has a row although its path is published as left out");
        }
        if (rows.isEmpty()) {
            return List.of("has no row");
        }
        if (exchange.line().isBundle() && exchange.succeeded()) {
            return BundleEntries.faults(exchange, rows).toList();
        }
        var faults = exchange.succeeded() ? ofAnswer(exchange, rows) : ofRefusal(exchange, rows);
        return Stream.concat(faults, Foreign.faults(exchange, rows)).toList();
    }

    private static Stream<String> ofRefusal(Exchange exchange, List<Recorded> rows) {
        return Stream.concat(
                Stream.of("has " + rows.size() + " rows, and is one refusal").filter(fault -> rows.size() > 1),
                rows.stream()
                        .filter(row -> row.deed().status() != exchange.status()
                                || row.entity().patient().isPresent())
                        .map(row -> "was refused, unlike " + row));
    }

    private static Stream<String> ofAnswer(Exchange exchange, List<Recorded> rows) {
        var told = rows.stream().collect(groupingBy(Told::of));
        var faults = new ArrayList<String>();
        told.forEach((what, tellers) -> {
            var patients = tellers.stream().map(row -> row.entity().patient()).toList();
            if (Set.copyOf(patients).size() < patients.size()) {
                faults.add("is recorded twice: " + tellers);
            } else if (patients.size() > 1 && patients.contains(Optional.<String>empty())) {
                faults.add("is recorded of nobody beside somebody: " + tellers);
            }
        });
        var kinds = told.keySet().stream().map(Told::kind).collect(toSet());
        if (exchange.line().writesOne() && kinds.containsAll(Set.of(Told.Kind.REQUEST, Told.Kind.VERSION))) {
            faults.add("is recorded as a write and as a request: " + rows);
        }
        return Stream.concat(faults.stream(), unseen(exchange, rows));
    }

    /** Who is shown and has no row. */
    private static Stream<String> unseen(Exchange exchange, List<Recorded> rows) {
        var patients =
                rows.stream().flatMap(row -> row.entity().patient().stream()).collect(toSet());
        return exchange.shown().stream()
                .filter(patient -> !patients.contains(patient) && !Published.leavesOutPatients(exchange))
                .map(patient -> "shows " + patient + ", of whom no row tells");
    }

    /** What rows tell of that differ in the patient alone. */
    private record Told(Kind kind, String deed, Entity entity, Optional<String> query) {

        private enum Kind {
            REQUEST,
            VERSION,
            BESIDE
        }

        static Told of(Recorded row) {
            var entity = row.entity().withoutPatient();
            if (row.standsBesideOthers()) {
                return new Told(Kind.BESIDE, row.deed().interaction(), entity, row.query());
            }
            if (row.writes() && entity.version().isPresent()) {
                return new Told(Kind.VERSION, "", entity, Optional.empty());
            }
            return new Told(Kind.REQUEST, "", Entity.NOTHING, Optional.empty());
        }
    }
}
