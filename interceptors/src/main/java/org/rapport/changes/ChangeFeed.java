package org.rapport.changes;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * What one consumer has still to read, each change once and none left out.
 *
 * <p>A transaction that began early may commit late, with a lower sequence number than rows that were read long ago. A
 * change is therefore handed out when every transaction that could still commit before it has ended: its transaction lies
 * below {@code pg_snapshot_xmin}. Whoever keeps a transaction open holds up all consumers.
 *
 * <p>The commit of a page does not wait for the disk. When PostgreSQL itself crashes, the pages of the last half second
 * can be lost, each as a whole with the move of its cursor, and come again. The changes themselves are never lost so.
 *
 * @see <a href="https://www.postgresql.org/docs/18/functions-info.html#FUNCTIONS-INFO-SNAPSHOT">PostgreSQL 18, 9.27.6</a>
 * @see <a href="https://www.postgresql.org/docs/18/wal-async-commit.html">PostgreSQL 18, 28.4, Asynchronous Commit</a>
 */
public final class ChangeFeed {

    private final String consumer;
    private final JdbcClient database;
    private final TransactionOperations transaction;
    private volatile boolean registered;

    /**
     * The feed of a consumer, which starts at the oldest change when its name is new.
     *
     * @param consumer name of its cursor, at most 60 characters
     * @param database joins the transaction
     * @param transaction runs a page: reading, the consumer's own rows and the cursor
     */
    public ChangeFeed(String consumer, JdbcClient database, TransactionOperations transaction) {
        this.consumer = consumer;
        this.database = database;
        this.transaction = transaction;
    }

    /**
     * A change as it stands in the log.
     *
     * @param position where it stands
     * @param at when its transaction began, by the database's clock
     * @param change what was written
     */
    public record Entry(Position position, Instant at, Change change) {}

    /**
     * A place in the log.
     *
     * @param transaction PostgreSQL's 64-bit transaction id
     * @param number of the row; rows of one transaction follow each other in the order of the writes
     */
    public record Position(long transaction, long number) {}

    /**
     * Hands the next changes to the reader and moves the cursor, in one transaction: what the reader writes to the
     * database is kept exactly when the cursor moves. When it throws, the same changes come again.
     *
     * @param limit most changes of this page
     * @return how many there were; 0 also when another instance is reading
     */
    public int next(int limit, Consumer<List<Entry>> reader) {
        register();
        return transaction.execute(status -> {
            if (!claim()) {
                return 0;
            }
            List<Entry> page = read(cursor(), limit);
            if (!page.isEmpty()) {
                reader.accept(page);
                move(page.get(page.size() - 1).position());
            }
            return page.size();
        });
    }

    /**
     * Passes over a change, if it is still the next, and keeps it for a person to look at.
     *
     * @param failed where it stands
     * @param why without anything of a patient; cut at 500 characters
     * @return false when another instance reads, or has read it
     */
    boolean setAside(Position failed, String why) {
        return transaction.execute(status -> {
            var next = claim() ? read(cursor(), 1) : List.<Entry>of();
            if (next.isEmpty() || !next.get(0).position().equals(failed)) {
                return false;
            }
            passOver(failed, why);
            return true;
        });
    }

    private void passOver(Position position, String why) {
        database.sql(
                        "insert into change_set_aside (consumer, transaction, number, why) values (?, ?::text::xid8, ?, ?)")
                .params(
                        consumer,
                        Long.toString(position.transaction()),
                        position.number(),
                        why.length() > 500 ? why.substring(0, 500) : why)
                .update();
        move(position);
    }

    /** Before the transaction: another instance would wait for the end of one that registers the same name. */
    private void register() {
        if (!registered) {
            database.sql("insert into change_cursor (consumer) values (?) on conflict do nothing")
                    .param(consumer)
                    .update();
            registered = true;
        }
    }

    /** By an advisory lock: the lock of a row would take a transaction id and hold up the other consumers by it. */
    private boolean claim() {
        return database.sql("select pg_try_advisory_xact_lock(hashtext('change_cursor'), hashtext(?))")
                .param(consumer)
                .query(Boolean.class)
                .single();
    }

    private Position cursor() {
        return database.sql("select transaction::text::bigint, number,"
                        + " transaction >= pg_snapshot_xmax(pg_current_snapshot()),"
                        + " set_config('synchronous_commit', 'off', true) from change_cursor where consumer = ?")
                .param(consumer)
                .query((row, index) -> {
                    if (row.getBoolean(3)) {
                        throw new ReadFromElsewhere();
                    }
                    return new Position(row.getLong(1), row.getLong(2));
                })
                .single();
    }

    /** Whether there are changes that cannot be handed out yet, because a transaction that began earlier is open. */
    public boolean heldUp() {
        return database.sql("select exists (select from change_log l join change_cursor c on c.consumer = ?"
                        + " where (l.transaction, l.number) > (c.transaction, c.number))")
                .param(consumer)
                .query(Boolean.class)
                .single();
    }

    private List<Entry> read(Position from, int limit) {
        return database.sql("select transaction::text::bigint, number, changed_at, resource_type, resource_id, version,"
                        + " kind from change_log where (transaction, number) > (?::text::xid8, ?)"
                        + " and transaction < pg_snapshot_xmin(pg_current_snapshot())"
                        + " order by transaction, number limit ?")
                .params(Long.toString(from.transaction()), from.number(), limit)
                .query((row, index) -> new Entry(
                        new Position(row.getLong(1), row.getLong(2)),
                        row.getTimestamp(3).toInstant(),
                        new Change(
                                row.getString(4), row.getString(5), row.getLong(6), Change.Kind.of(row.getString(7)))))
                .list();
    }

    private void move(Position to) {
        database.sql("update change_cursor set transaction = ?::text::xid8, number = ?, moved_at = now()"
                        + " where consumer = ?")
                .params(Long.toString(to.transaction()), to.number(), consumer)
                .update();
    }
}
