package org.rapport.benchmarks.cost;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.rapport.benchmarks.workload.Operation;

/** Prints costs as a Markdown table, beside their budgets. */
public final class CostTable {

    private static final String HEADER = """
            | operation | SQL executions | budget | rows written | budget | inserted | updated | deleted | WAL bytes |\
             bytes stored per resource | budget |
            |---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|
            """;

    private CostTable() {}

    /** One line for each operation, in their order. */
    public static String of(Map<Operation, Cost> costs, Budgets budgets) {
        return costs.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> line(entry.getKey(), entry.getValue(), budgets.of(entry.getKey())))
                .collect(Collectors.joining("", HEADER, ""));
    }

    private static String line(Operation operation, Cost cost, Budget budget) {
        return String.format(
                Locale.ROOT,
                "| %s | %.1f | %.0f | %.1f | %.0f | %.1f | %.1f | %.1f | %.0f | %s | %s |%n",
                operation.label(),
                cost.executions(),
                budget.executions(),
                cost.rows(),
                budget.rows(),
                cost.inserted(),
                cost.updated(),
                cost.deleted(),
                cost.walBytes(),
                bytes(operation, cost.storedBytes()),
                bytes(operation, budget.storedBytes()));
    }

    private static String bytes(Operation operation, double bytes) {
        return operation.resourcesStored() == 0 ? "" : String.format(Locale.ROOT, "%.0f", bytes);
    }
}
