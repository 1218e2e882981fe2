package org.rapport.benchmarks.cost;

import java.util.ArrayList;
import java.util.List;

/**
 * The most that one operation may cost.
 *
 * @param executions statements sent through JDBC, a batch counted once
 * @param rows inserted, updated and deleted
 * @param storedBytes for each resource stored
 */
public record Budget(double executions, double rows, double storedBytes) {

    /** What of a cost passes this budget, each as a phrase; empty when nothing does. */
    public List<String> excess(Cost cost) {
        var excess = new ArrayList<String>();
        check(excess, "SQL executions", cost.executions(), executions);
        check(excess, "rows written", cost.rows(), rows);
        check(excess, "bytes stored per resource", cost.storedBytes(), storedBytes);
        return excess;
    }

    private static void check(List<String> excess, String what, double cost, double limit) {
        if (cost > limit) {
            excess.add("%.1f %s, at most %.1f allowed".formatted(cost, what, limit));
        }
    }
}
