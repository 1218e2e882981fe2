package org.rapport.kept;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
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
            + "select number || ' ' || resource_type from change_log"
            + " where transaction >= ?::text::xid8 and resource_type = any(?::text[])"
            + " and transaction is distinct from pg_current_xact_id_if_assigned())";

    private final JdbcClient database;
    private final Set<String> types = ConcurrentHashMap.newKeySet();
    private final SharedSnapshot<Seen> latest;

    /** What the last reading has seen; only the one who reads touches it. */
    private Seen seen = new Seen(new Look(Long.MAX_VALUE, Map.of(), Set.of()), new Epochs(Map.of()));

    /**
     * Watches nothing yet.
     *
     * @param database reads the table {@code change_log}
     * @param nanoTime a clock that never goes back, in nanoseconds, such as {@link System#nanoTime}
     */
    public WatchedChanges(JdbcClient database, LongSupplier nanoTime) {
        this.database = database;
        this.latest = new SharedSnapshot<>(this::read, nanoTime, ChangesUnknown::because);
    }

    /**
     * What there is to see from where somebody began to look.
     *
     * @param from the oldest transaction that is open
     * @param changes the types of what was changed since the one that was open before, by the number of the change
     * @param types that are watched: of others nobody knows what was changed
     */
    private record Look(long from, Map<Long, String> changes, Set<String> types) {

        /** Whether a later look has seen nothing new of a type; a database with an older past is another one. */
        boolean holds(String type, Look later) {
            return types.contains(type)
                    && later.from() >= from
                    && later.changes().entrySet().stream()
                            .noneMatch(
                                    change -> change.getValue().equals(type) && !changes.containsKey(change.getKey()));
        }
    }

    private record Seen(Look look, Epochs epochs) {

        Seen then(Look later) {
            return new Seen(later, epochs.then(later.types(), type -> look.holds(type, later)));
        }

        /** Of what has changed since nothing kept is as new. */
        Epochs asOf(Look now) {
            return epochs.only(type -> look.holds(type, now));
        }
    }

    /** Watches these types from now on; what depends on them must be read after this. */
    void watch(Set<String> more) {
        types.addAll(more);
    }

    /**
     * How often what is watched has changed.
     *
     * @throws ChangesUnknown while the database does not answer
     */
    public Epochs epochs() {
        return latest.get().epochs();
    }

    /**
     * The same as of this moment, within the transaction that runs: for who writes by it.
     *
     * @throws ChangesUnknown while the database does not answer
     */
    public Epochs epochsByNow() {
        var known = latest.get();
        try {
            return known.asOf(since(known.look()));
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
        seen = seen.then(since(seen.look()));
        return seen;
    }

    private Look since(Look before) {
        var watched = Set.copyOf(types);
        return database.sql(RECENT)
                .params(Long.toString(before.from()), watched.toArray(new String[0]))
                .query((row, index) -> new Look(
                        row.getLong(1),
                        Arrays.stream((String[]) row.getArray(2).getArray())
                                .map(change -> change.split(" ", 2))
                                .collect(Collectors.toUnmodifiableMap(part -> Long.valueOf(part[0]), part -> part[1])),
                        watched))
                .single();
    }
}
