package org.rapport.benchmarks.cost;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.rapport.benchmarks.workload.Operation;

/**
 * The budgets of all operations, as kept in {@code benchmarks/budgets.properties}.
 *
 * @param byOperation each operation's budget
 * @param uncountedTables tables whose rows, bytes and statements no budget covers
 * @param backgroundThreads names of threads that do not work for the request under measurement
 */
public record Budgets(Map<Operation, Budget> byOperation, Set<String> uncountedTables, Pattern backgroundThreads) {

    /** Copies the collections. */
    public Budgets {
        byOperation = Map.copyOf(byOperation);
        uncountedTables = Set.copyOf(uncountedTables);
    }

    /**
     * Reads the file.
     *
     * @throws IllegalArgumentException when an operation has no budget or a number is none
     */
    public static Budgets read(Path file) {
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException("Expected budgets in " + file, e);
        }
        var budgets = new EnumMap<Operation, Budget>(Operation.class);
        for (var operation : Operation.values()) {
            budgets.put(
                    operation,
                    new Budget(
                            number(properties, operation, "executions"),
                            number(properties, operation, "rows"),
                            operation.resourcesStored() > 0 ? number(properties, operation, "bytes") : 0));
        }
        return new Budgets(
                budgets,
                tables(properties.getProperty("uncounted-tables", "")),
                Pattern.compile(properties.getProperty("background-threads", "")));
    }

    /** The budget of one operation. */
    public Budget of(Operation operation) {
        return Objects.requireNonNull(byOperation.get(operation), operation::label);
    }

    /** What passes its budget, each as a phrase that starts with the operation; empty when nothing does. */
    public List<String> excess(Map<Operation, Cost> costs) {
        return costs.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .flatMap(entry -> of(entry.getKey()).excess(entry.getValue()).stream()
                        .map(excess -> entry.getKey().label() + ": " + excess))
                .toList();
    }

    private static double number(Properties properties, Operation operation, String what) {
        var key = operation.label() + "." + what;
        var value = properties.getProperty(key, "").strip();
        if (!value.matches("\\d+(\\.\\d+)?")) {
            throw new IllegalArgumentException("Expected a number as %s, not \"%s\"".formatted(key, value));
        }
        return Double.parseDouble(value);
    }

    private static Set<String> tables(String list) {
        return Arrays.stream(list.split(","))
                .map(String::strip)
                .filter(table -> !table.isEmpty())
                .collect(Collectors.toSet());
    }
}
