package org.rapport.chain;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;

/**
 * The chain as it stands in the database.
 *
 * @param database joins the transaction that runs
 */
public record Chain(JdbcTemplate database) {

    private static final long LOCK = 0x7261_7070_6f72_7403L;
    private static final String LINK =
            "c.chain_index, c.number as chained, c.recorded as chained_recorded, c.epoch, c.previous, c.payload_hash,"
                    + " c.row_hash";

    /**
     * How far the log has been chained.
     *
     * @param transaction of the last row that was chained
     * @param number of that row
     * @param fromElsewhere whether the database was restored from a dump or moved, and the position stems from there
     */
    record Cursor(long transaction, long number, boolean fromElsewhere) {}

    /**
     * A link next to the row of the log that it tells of.
     *
     * @param link the link
     * @param log the row with its number and time; empty when there is none
     */
    public record Pair(Link link, Optional<LogRow> log) {}

    /** Whether this transaction is the one that chains. */
    boolean claim() {
        return Boolean.TRUE.equals(database.queryForObject("select pg_try_advisory_xact_lock(?)", Boolean.class, LOCK));
    }

    /** Waits until this transaction is the one that chains. */
    public void lock() {
        database.query("select pg_advisory_xact_lock(?)", row -> {}, LOCK);
    }

    Cursor cursor() {
        return database.query(
                        "select transaction::text::bigint, number, transaction >="
                                + " pg_snapshot_xmax(pg_current_snapshot()) from audit_chain_cursor",
                        (row, index) -> new Cursor(row.getLong(1), row.getLong(2), row.getBoolean(3)))
                .get(0);
    }

    void move(long transaction, long number) {
        database.update(
                "update audit_chain_cursor set transaction = ?::text::xid8, number = ?",
                Long.toString(transaction),
                number);
    }

    /** The last link. */
    public Optional<Link> head() {
        return database
                .query("select " + LINK + " from audit_chain c order by chain_index desc limit 1", links())
                .stream()
                .findFirst();
    }

    /** The link at a place. */
    public Optional<Link> at(long index) {
        return database.query("select " + LINK + " from audit_chain c where chain_index = ?", links(), index).stream()
                .findFirst();
    }

    /**
     * Rows of the log that come next, in the order of their transactions. Nothing that commits late is passed over:
     * only what lies below {@code pg_snapshot_xmin} is settled. After a restore all rows from elsewhere are.
     *
     * <p>Whether a row is in the chain already is asked row by row: a join would read all of the chain for each page.
     */
    List<Next> next(Cursor from, int most) {
        var settled = from.fromElsewhere() ? "" : " and l.transaction < pg_snapshot_xmin(pg_current_snapshot())";
        return database.query(
                "select " + LogRow.COLUMNS
                        + ", (select c.number from audit_chain c where c.number = l.number) is not null as chained"
                        + " from audit_log l where (l.transaction, l.number) > (?::text::xid8, ?)" + settled
                        + " order by l.transaction, l.number limit ?",
                (row, index) -> new Next(row.getLong("transaction"), row.getBoolean("chained"), LogRow.of(row)),
                Long.toString(from.transaction()),
                from.number(),
                most);
    }

    /**
     * A row that comes next.
     *
     * @param transaction that wrote it
     * @param chained whether it is in the chain already, as after a restore
     */
    record Next(long transaction, boolean chained, LogRow log) {}

    /** Adds links, all in one statement. */
    void append(List<Link> links) {
        database.update(
                "insert into audit_chain (chain_index, number, recorded, epoch, previous, payload_hash, row_hash)"
                        + " select * from unnest(?, ?, ?, ?, ?, ?, ?)",
                insert -> {
                    column(insert, 1, "int8", links.stream().map(Link::index).toArray());
                    column(insert, 2, "int8", links.stream().map(Link::number).toArray());
                    column(
                            insert,
                            3,
                            "timestamptz",
                            links.stream().map(Link::recorded).toArray());
                    column(insert, 4, "int4", links.stream().map(Link::epoch).toArray());
                    column(insert, 5, "bytea", bytes(links, Link::previous));
                    column(insert, 6, "bytea", bytes(links, Link::payload));
                    column(insert, 7, "bytea", bytes(links, Link::row));
                });
    }

    private static void column(PreparedStatement insert, int place, String type, Object[] values) throws SQLException {
        insert.setArray(place, insert.getConnection().createArrayOf(type, values));
    }

    private static byte[][] bytes(List<Link> links, Function<Link, Hash> hash) {
        return links.stream().map(hash).map(Hash::bytes).toArray(byte[][]::new);
    }

    /** Links from a place on, each with its row of the log, which is looked up one by one. */
    public List<Pair> pairs(long from, int most) {
        return database.query(
                "select " + LINK + ", l.number is not null as there, " + LogRow.COLUMNS + " from audit_chain c"
                        + " left join lateral (select * from audit_log l where l.number = c.number"
                        + " and l.recorded = c.recorded limit 1) l on true"
                        + " where c.chain_index >= ? order by c.chain_index limit ?",
                (row, index) ->
                        new Pair(link(row), row.getBoolean("there") ? Optional.of(LogRow.of(row)) : Optional.empty()),
                from,
                most);
    }

    /** The hashes of the links after one place and up to another. */
    public List<Hash> hashes(long after, long until) {
        return database.query(
                "select row_hash from audit_chain where chain_index > ? and chain_index <= ? order by chain_index",
                (row, index) -> Hash.of(row.getBytes(1)),
                after,
                until);
    }

    private static RowMapper<Link> links() {
        return (row, index) -> link(row);
    }

    private static Link link(ResultSet row) throws SQLException {
        return new Link(
                row.getLong("chain_index"),
                row.getLong("chained"),
                row.getObject("chained_recorded", OffsetDateTime.class).toInstant(),
                row.getInt("epoch"),
                Hash.of(row.getBytes("previous")),
                Hash.of(row.getBytes("payload_hash")),
                Hash.of(row.getBytes("row_hash")));
    }
}
