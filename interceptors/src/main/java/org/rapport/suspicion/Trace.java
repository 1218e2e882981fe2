package org.rapport.suspicion;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many different things each of many actors touched within a time that moves on. It forgets actors that did nothing for
 * the longest time, and of one actor what came first, so that its size is bounded.
 */
final class Trace {

    private static final int ACTORS = 20_000;

    private final Duration window;
    private final int most;
    private final Map<String, LinkedHashMap<String, Instant>> actors = new Recent<>(ACTORS);

    /**
     * @param window how long a thing counts after it was touched
     * @param most how many things of one actor are remembered
     */
    Trace(Duration window, int most) {
        this.window = window;
        this.most = most;
    }

    /** Adds a thing, and says how many different ones there are within the time. */
    int add(String actor, Instant at, String thing) {
        var things = actors.computeIfAbsent(actor, key -> new LinkedHashMap<>());
        things.remove(thing);
        things.put(thing, at);
        trim(things, at);
        forget(at);
        return things.size();
    }

    /** Adds a thing, and says whether it is new within the time. */
    boolean isNew(String actor, Instant at, String thing) {
        var things = actors.computeIfAbsent(actor, key -> new LinkedHashMap<>());
        trim(things, at);
        boolean isNew = !things.containsKey(thing);
        add(actor, at, thing);
        return isNew;
    }

    private void trim(Map<String, Instant> things, Instant at) {
        var oldest = at.minus(window);
        var oldestFirst = things.values().iterator();
        while (oldestFirst.hasNext()) {
            boolean past = oldestFirst.next().isBefore(oldest);
            if (!past && things.size() <= most) {
                return;
            }
            oldestFirst.remove();
        }
    }

    /** Two at a time, so that there are never more than did something lately. */
    private void forget(Instant at) {
        var eldest = actors.values().iterator();
        for (int looked = 0; looked < 2 && eldest.hasNext(); looked++) {
            var things = eldest.next();
            trim(things, at);
            if (!things.isEmpty()) {
                return;
            }
            eldest.remove();
        }
    }

    /** Forgets what was not asked for the longest time. */
    static final class Recent<V> extends LinkedHashMap<String, V> {

        private static final long serialVersionUID = 1L;
        private final int entries;

        Recent(int entries) {
            super(16, 0.75f, true);
            this.entries = entries;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
            return size() > entries;
        }
    }
}
