package org.rapport.harness;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The client's own books: what it has sent, and what it was told about it.
 *
 * <p>An attempt has one item, or several that stand and fall together. Every attempt starts as unknown and stays it
 * unless an answer came. May be used by several threads.
 */
public final class Ledger {

    /** What the client knows of an attempt. */
    private enum State {
        UNKNOWN,
        ACKNOWLEDGED,
        REFUSED
    }

    private record Attempt(List<String> items, State state) {}

    private final Map<String, Attempt> attempts = new LinkedHashMap<>();

    /** Notes that something is about to be sent, under a key that was not used before. */
    public synchronized void attempt(String key, List<String> items) {
        if (attempts.putIfAbsent(key, new Attempt(List.copyOf(items), State.UNKNOWN)) != null) {
            throw new IllegalArgumentException("There is already an attempt " + key + ".");
        }
    }

    /** Notes that the server has promised to keep it. */
    public synchronized void acknowledged(String key) {
        settle(key, State.ACKNOWLEDGED);
    }

    /** Notes that the server has said it did nothing. */
    public synchronized void refused(String key) {
        settle(key, State.REFUSED);
    }

    private void settle(String key, State state) {
        var attempt = attempts.get(key);
        if (attempt == null) {
            throw new IllegalArgumentException("There is no attempt " + key + ".");
        }
        attempts.put(key, new Attempt(attempt.items(), state));
    }

    /** How many attempts were acknowledged. */
    public synchronized long acknowledgedCount() {
        return attempts.values().stream()
                .filter(attempt -> attempt.state() == State.ACKNOWLEDGED)
                .count();
    }

    /**
     * Compares the books with what the server holds.
     *
     * @param held every item that the server holds, as often as it holds it
     */
    public synchronized Differences compare(Collection<String> held) {
        Map<String, Long> counts = held.stream().collect(Collectors.groupingBy(item -> item, Collectors.counting()));
        var missing = new ArrayList<String>();
        var half = new ArrayList<String>();
        Set<String> explained = new HashSet<>();
        attempts.forEach((key, attempt) -> {
            var present = attempt.items().stream().filter(counts::containsKey).toList();
            if (attempt.state() == State.ACKNOWLEDGED) {
                attempt.items().stream()
                        .filter(item -> !counts.containsKey(item))
                        .forEach(missing::add);
            }
            if (!present.isEmpty() && present.size() < attempt.items().size()) {
                half.add(key);
            }
            if (attempt.state() != State.REFUSED) {
                explained.addAll(attempt.items());
            }
        });
        var twice = counts.entrySet().stream()
                .filter(entry -> entry.getValue() > 1)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        var unexplained = counts.keySet().stream()
                .filter(item -> !explained.contains(item))
                .sorted()
                .toList();
        return new Differences(missing, twice, half, unexplained);
    }

    /**
     * How the server's word and its deeds differ; all empty when they do not.
     *
     * @param missing items that were acknowledged and are not there
     * @param twice items that are there more than once
     * @param half keys of attempts of which only a part is there
     * @param unexplained items that are there though they were refused or never sent
     */
    public record Differences(List<String> missing, List<String> twice, List<String> half, List<String> unexplained) {

        /** Nothing differs. */
        public static final Differences NONE = new Differences(List.of(), List.of(), List.of(), List.of());

        /** Copies its lists. */
        public Differences {
            missing = List.copyOf(missing);
            twice = List.copyOf(twice);
            half = List.copyOf(half);
            unexplained = List.copyOf(unexplained);
        }
    }
}
