package org.rapport.work;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Calls the work of a topic: in this instance at once, in the others through whoever spreads the calls.
 *
 * <p>A call is a hint and may get lost: whoever is called looks into the database, and looks there from time to time
 * without being called.
 */
public final class WakeUp {

    private final Map<String, List<Bell>> bells = new ConcurrentHashMap<>();
    private final List<Consumer<String>> spreaders = new CopyOnWriteArrayList<>();

    /** Calls when the running transaction has committed, once for a topic; at once when none runs. */
    public void afterCommit(String topic) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            call(topic);
            return;
        }
        var call = new CallAfterCommit(this, topic);
        if (!TransactionSynchronizationManager.getSynchronizations().contains(call)) {
            TransactionSynchronizationManager.registerSynchronization(call);
        }
    }

    /** Calls now, in every instance. */
    public void call(String topic) {
        ring(topic);
        spreaders.forEach(spreader -> spreader.accept(topic));
    }

    /** Calls now, in this instance only. */
    public void ring(String topic) {
        bells.getOrDefault(topic, List.of()).forEach(Bell::ring);
    }

    /** Calls everything in this instance, when calls from others may have been missed. */
    void ringAll() {
        Set.copyOf(bells.keySet()).forEach(this::ring);
    }

    /** A bell that rings at each call of the topic. */
    Bell bell(String topic) {
        var bell = new Bell();
        bells.computeIfAbsent(topic, key -> new CopyOnWriteArrayList<>()).add(bell);
        return bell;
    }

    /** Passes each call of this instance on to somebody who spreads it. */
    public void spreadBy(Consumer<String> spreader) {
        spreaders.add(spreader);
    }

    private record CallAfterCommit(WakeUp wakeUp, String topic) implements TransactionSynchronization {

        @Override
        public void afterCommit() {
            wakeUp.call(topic);
        }
    }
}
