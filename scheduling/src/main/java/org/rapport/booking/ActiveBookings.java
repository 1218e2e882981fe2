package org.rapport.booking;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Whose time is given away: the one place where a double booking is refused.
 *
 * <p>All writing for an actor goes one after the other, by advisory locks that are taken in one order. Without them two
 * insertions that exclude each other would wait for each other until PostgreSQL ends one as a deadlock.
 */
public final class ActiveBookings {

    private static final String EXCLUDED = "23P01";

    private final JdbcClient database;
    private final Clock clock;

    /**
     * @param database joins the transaction that runs
     * @param clock says which holds have run out
     */
    public ActiveBookings(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Makes the claims of these Appointments what they now are: first all that they had is given back, then all they have
     * is taken. A hold in the way that has run out gives way.
     *
     * @throws BookingRefused 409 when somebody else has a time
     * @throws IllegalStateException outside of a transaction: claims come and go with what they stand for
     */
    public void replace(Collection<Claims> changed) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("Time is claimed in the transaction that books it; none is running.");
        }
        var appointments = changed.stream().map(Claims::appointment).toArray(String[]::new);
        var rows = changed.stream().flatMap(Row::of).toList();
        var actors = new ArrayList<>(List.of(column(rows, row -> row.claim().actor())));
        actors.addAll(actorsOf(appointments));
        if (actors.isEmpty()) {
            return;
        }
        lock(actors);
        database.sql("delete from active_booking where appointment = any(?::text[])")
                .param(appointments)
                .update();
        if (!rows.isEmpty()) {
            lapse(rows);
            insert(rows);
        }
    }

    /**
     * What is taken of some actors' time; a hold that has run out takes none.
     *
     * @param from first moment
     * @param to first moment after
     */
    public List<Claim> busy(Collection<String> actors, Instant from, Instant to) {
        return database.sql("select actor, lower(period), upper(period) from active_booking"
                        + " where actor = any(?::text[]) and period && tstzrange(?, ?) and not lapsed"
                        + " and (expires_at is null or expires_at > ?)")
                .params(actors.toArray(String[]::new), at(from), at(to), at(clock.instant()))
                .query((row, index) -> new Claim(
                        row.getString(1),
                        row.getTimestamp(2).toInstant(),
                        row.getTimestamp(3).toInstant()))
                .list();
    }

    /** Whether an Appointment other than this one has any of an actor's time; asked to know if a Slot may be freed. */
    public boolean takenByOthers(String appointment, Claim time) {
        return database.sql("select exists (select from active_booking where appointment <> ? and actor = ?"
                        + " and period && tstzrange(?, ?) and not lapsed)")
                .params(appointment, time.actor(), at(time.start()), at(time.end()))
                .query(Boolean.class)
                .single();
    }

    /** Appointments whose hold has run out, the oldest first. */
    public List<String> expired(int limit) {
        return database.sql("select appointment from active_booking where expires_at <= ?"
                        + " group by appointment order by min(expires_at), appointment limit ?")
                .params(at(clock.instant()), limit)
                .query(String.class)
                .list();
    }

    private List<String> actorsOf(String[] appointments) {
        return database.sql("select distinct actor from active_booking where appointment = any(?::text[])")
                .param(appointments)
                .query(String.class)
                .list();
    }

    /**
     * Waits until nobody else works on these, and keeps others waiting until the transaction ends. Whoever locks several
     * kinds takes Appointments first, then Slots; actors come last, by {@link #replace}.
     *
     * @param names relative references
     */
    public void lock(Collection<String> names) {
        database.sql("select pg_advisory_xact_lock(key) from (select distinct hashtextextended(name, 50) as key"
                        + " from unnest(?::text[]) as name order by key) as keys")
                .param(names.toArray(String[]::new))
                .query((row, index) -> index)
                .list();
    }

    private void lapse(List<Row> rows) {
        database.sql("update active_booking b set lapsed = true"
                        + " from unnest(?::text[], ?::timestamptz[], ?::timestamptz[]) as c (actor, start, finish)"
                        + " where b.actor = c.actor and b.period && tstzrange(c.start, c.finish)"
                        + " and b.expires_at <= ? and not b.lapsed")
                .params(
                        column(rows, row -> row.claim().actor()),
                        column(rows, row -> row.claim().start().toString()),
                        column(rows, row -> row.claim().end().toString()),
                        at(clock.instant()))
                .update();
    }

    private void insert(List<Row> rows) {
        try {
            database.sql("insert into active_booking (appointment, actor, period, expires_at)"
                            + " select appointment, actor, tstzrange(start, finish), nullif(expires, '')::timestamptz"
                            + " from unnest(?::text[], ?::text[], ?::timestamptz[], ?::timestamptz[], ?::text[])"
                            + " as c (appointment, actor, start, finish, expires)")
                    .params(
                            column(rows, Row::appointment),
                            column(rows, row -> row.claim().actor()),
                            column(rows, row -> row.claim().start().toString()),
                            column(rows, row -> row.claim().end().toString()),
                            column(rows, Row::expires))
                    .update();
        } catch (DataIntegrityViolationException e) {
            throw e.getRootCause() instanceof SQLException sql && EXCLUDED.equals(sql.getSQLState())
                    ? new BookingRefused(BookingRefused.TAKEN)
                    : e;
        }
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static String[] column(List<Row> rows, Function<Row, String> value) {
        return rows.stream().map(value).toArray(String[]::new);
    }

    private record Row(String appointment, Claim claim, String expires) {

        static Stream<Row> of(Claims claims) {
            var expires = claims.expires().map(Instant::toString).orElse("");
            return claims.claims().stream().map(claim -> new Row(claims.appointment(), claim, expires));
        }
    }
}
