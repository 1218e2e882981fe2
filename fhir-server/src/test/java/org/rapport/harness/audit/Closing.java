package org.rapport.harness.audit;

import static java.util.stream.Collectors.groupingBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Holds what was sent against what is recorded.
 *
 * @param sent every exchange
 * @param announced statuses of failures that were to be
 */
record Closing(List<Exchange> sent, Set<Integer> announced) {

    /** What is wrong, a line for each fault, which names its request; empty when nothing is. */
    List<String> faults(List<Recorded> recorded) {
        var rows = recorded.stream().filter(row -> !row.counts()).collect(groupingBy(Recorded::request));
        var faults = new ArrayList<String>();
        for (var exchange : sent) {
            of(exchange, rows.getOrDefault(exchange.request(), List.of()))
                    .forEach(fault -> faults.add(exchange + " " + fault));
        }
        long uncounted = sent.stream()
                .filter(exchange -> exchange.mayBeCounted() && !rows.containsKey(exchange.request()))
                .count();
        long counted = recorded.stream()
                .filter(Recorded::counts)
                .mapToLong(row -> row.deed().times())
                .sum();
        if (counted < uncounted) {
            faults.add("Of " + uncounted + " refusals without a row " + counted + " are counted");
        }
        return faults;
    }

    private Stream<String> of(Exchange exchange, List<Recorded> rows) {
        if (exchange.failed() && !announced.contains(exchange.status())) {
            return Stream.of("is a failure that the test did not announce: " + exchange.answer());
        }
        boolean mayHaveNone = exchange.failed() || exchange.mayBeCounted();
        return mayHaveNone && rows.isEmpty() ? Stream.empty() : ExactlyOne.faults(exchange, rows).stream();
    }
}
