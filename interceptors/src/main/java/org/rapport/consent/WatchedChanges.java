package org.rapport.consent;

import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.rapport.revocation.SharedSnapshot;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Tells whether resources that consents depend on have changed, on any instance, as of at most a second ago.
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
    private Seen seen = new Seen(Long.MAX_VALUE, Set.of(), 0);

    /**
     * Watches some types of resources.
     *
     * @param database reads the table {@code change_log}
     * @param nanoTime a clock that never goes back, in nanoseconds, such as {@link System#nanoTime}
     */
    public WatchedChanges(JdbcClient database, Set<String> types, LongSupplier nanoTime) {
        this.database = database;
        this.types.addAll(types);
        this.latest = new SharedSnapshot<>(this::read, nanoTime, ConsentsUnknown::because);
    }

    private record Seen(long from, Set<Long> numbers, long epoch) {}

    /** Watches another type from now on; what depends on it must be read after this. */
    public void watch(String type) {
        types.add(type);
    }

    /**
     * A number that is a greater one when a watched resource has changed since.
     *
     * @throws ConsentsUnknown while the database does not answer
     */
    public long epoch() {
        return latest.get().epoch();
    }

    private Seen read() {
        var next = database.sql(RECENT)
                .params(Long.toString(seen.from()), types.toArray(new String[0]))
                .query((row, index) -> {
                    var numbers =
                            Set.copyOf(Arrays.asList((Long[]) row.getArray(2).getArray()));
                    return new Seen(row.getLong(1), numbers, seen.epoch());
                })
                .single();
        boolean changed = !seen.numbers().containsAll(next.numbers());
        seen = new Seen(next.from(), next.numbers(), changed ? seen.epoch() + 1 : seen.epoch());
        return seen;
    }
}
