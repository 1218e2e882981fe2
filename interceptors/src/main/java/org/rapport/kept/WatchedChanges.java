package org.rapport.kept;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Tells whether resources of some types have changed, on any instance, as of at most a second ago.
 *
 * <p>It reads the change log from the oldest transaction that was open at the last reading, since a transaction that began
 * early may commit late; what it has read before counts once.
 */
public final class WatchedChanges {

    /** Not what the transaction has written that asks: others cannot see it yet, and it may never be committed. */
    private static final String RECENT = "select pg_snapshot_xmin(pg_current_snapshot())::text::bigint, array("
            + "select number from change_log where transaction >= ?::text::xid8 and resource_type = any(?::text[])"
            + " and transaction is distinct from pg_current_xact_id_if_assigned())";

    private final JdbcClient database;
    private final Set<String> types = ConcurrentHashMap.newKeySet();
    private final SharedSnapshot<Seen> latest;

    /** What the last reading has seen; only the one who reads touches it. */
    private Seen seen = new Seen(Long.MAX_VALUE, Set.of(), Set.of(), 0);

    /**
     * Watches some types of resources.
     *
     * @param database reads the table {@code change_log}
     * @param nanoTime a clock that never goes back, in nanoseconds, such as {@link System#nanoTime}
     */
    public WatchedChanges(JdbcClient database, Set<String> types, LongSupplier nanoTime) {
        this.database = database;
        this.types.addAll(types);
        this.latest = new SharedSnapshot<>(this::read, nanoTime, ChangesUnknown::because);
    }

    /**
     * What a reading has seen.
     *
     * @param from the oldest transaction that was open
     * @param numbers of the changes since the one that was open before
     * @param types that were watched: of others nobody knows what was changed meanwhile
     */
    private record Seen(long from, Set<Long> numbers, Set<String> types, long epoch) {

        /** Whether nothing has changed that was not seen already; a database with an older past is another one. */
        boolean holds(Seen next) {
            return numbers.containsAll(next.numbers())
                    && types.containsAll(next.types())
                    && (from == Long.MAX_VALUE || next.from() >= from);
        }
    }

    /** Watches another type from now on; what depends on it must be read after this. */
    public void watch(String type) {
        types.add(type);
    }

    /**
     * A number that is a greater one when a watched resource has changed since.
     *
     * @throws ChangesUnknown while the database does not answer
     */
    public long epoch() {
        return latest.get().epoch();
    }

    /**
     * The same number as of this moment, within the transaction that runs: for who writes by it.
     *
     * @return {@link Long#MAX_VALUE} when a watched resource has just changed, so that nothing kept is as new
     * @throws ChangesUnknown while the database does not answer
     */
    public long epochByNow() {
        var known = latest.get();
        try {
            return known.holds(since(known)) ? known.epoch() : Long.MAX_VALUE;
        } catch (DataAccessException e) {
            throw ChangesUnknown.because(Optional.of(e));
        }
    }

    /** Tells that a resource of this type was changed here: who asks after this hears of it. */
    public void changed(String type) {
        if (types.contains(type)) {
            latest.expire();
        }
    }

    private Seen read() {
        var next = since(seen);
        seen = new Seen(next.from(), next.numbers(), next.types(), seen.holds(next) ? seen.epoch() : seen.epoch() + 1);
        return seen;
    }

    /** What there is to see from where somebody began to look. */
    private Seen since(Seen before) {
        var watched = Set.copyOf(types);
        return database.sql(RECENT)
                .params(Long.toString(before.from()), watched.toArray(new String[0]))
                .query((row, index) -> {
                    var numbers =
                            Set.copyOf(Arrays.asList((Long[]) row.getArray(2).getArray()));
                    return new Seen(row.getLong(1), numbers, watched, before.epoch());
                })
                .single();
    }
}
