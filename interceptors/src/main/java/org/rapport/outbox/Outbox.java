package org.rapport.outbox;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.rapport.work.WakeUp;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * What of one kind waits to be sent, is being sent, was sent or was given up.
 *
 * <p>When something is due goes by the {@link Clock}; how long a lease holds goes by the database's time, which all
 * instances share.
 */
public final class Outbox {

    private final String kind;
    private final RetryPlan plan;
    private final Tools tools;

    /**
     * The outbox of one kind.
     *
     * @param kind who sends it, such as rest-hook; at most 60 characters
     * @param plan how often it is tried
     */
    public Outbox(String kind, RetryPlan plan, Tools tools) {
        this.kind = kind;
        this.plan = plan;
        this.tools = tools;
    }

    /**
     * What every outbox works with.
     *
     * @param database joins the transaction that runs
     * @param clock says what is due
     * @param wakeUp calls the sender after the commit
     */
    public record Tools(JdbcClient database, Clock clock, WakeUp wakeUp) {}

    /** Who sends it. */
    public String kind() {
        return kind;
    }

    /** The topic that is called when something was put in. */
    public String topic() {
        return "outbox-" + kind;
    }

    /**
     * Puts something in, in the transaction that decides on it.
     *
     * @param letter what is to be sent
     * @return false when the key was there already
     * @throws IllegalStateException outside of a transaction
     */
    public boolean put(Letter letter) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("The outbox takes something in the transaction that decides on it.");
        }
        tools.wakeUp().afterCommit(topic());
        return database()
                        .sql("insert into outbox_item (kind, key, lane, payload, due_at, give_up_at)"
                                + " values (?, ?, ?, ?, ?, ?) on conflict do nothing")
                        .params(
                                kind,
                                letter.key(),
                                letter.lane().orElse(null),
                                letter.payload(),
                                Timestamp.from(letter.due()),
                                Timestamp.from(letter.due().plus(plan.patience())))
                        .update()
                == 1;
    }

    /**
     * Leases what is due, oldest first; a lease that has run out is given to the next who asks. Of a lane only the first
     * that still waits is given out, so that one receiver's trouble keeps its order and nobody else waiting. Its commit does
     * not wait for the disk: a lease that a crash of PostgreSQL takes back is one that has run out.
     *
     * @param most how many at once
     * @param time how long the sender has for them
     */
    public List<OutboxItem> lease(int most, Duration time) {
        return database()
                .sql(
                        "with picked as materialized (select id from outbox_item o where kind = ? and state = 'W' and due_at <= ?"
                                + " and (leased_until is null or leased_until < clock_timestamp())"
                                + " and (lane is null or not exists (select from outbox_item before where before.kind = o.kind"
                                + " and before.lane = o.lane and before.state = 'W' and before.id < o.id))"
                                + " order by due_at, id limit ? for update skip locked),"
                                + " leased as (update outbox_item set lease = gen_random_uuid(), attempts = attempts + 1,"
                                + " leased_until = clock_timestamp() + ? * interval '1 millisecond'"
                                + " where id in (select id from picked)"
                                + " returning id, key, payload, attempts, left_at, lease, due_at)"
                                + " select id, key, payload, attempts, left_at is not null, lease,"
                                + " set_config('synchronous_commit', 'off', true) from leased order by due_at, id")
                .params(kind, Timestamp.from(tools.clock().instant()), most, time.toMillis())
                .query((row, index) -> new OutboxItem(
                        row.getLong(1),
                        row.getString(2),
                        row.getString(3),
                        row.getInt(4),
                        row.getBoolean(5),
                        row.getObject(6, UUID.class)))
                .list();
    }

    /** Calls another sender of this instance: there may be more that can be sent at the same time. */
    void callAnother() {
        tools.wakeUp().ring(topic());
    }

    /**
     * Records that it was sent.
     *
     * @return false when the lease ran out meanwhile and somebody else took it: then it may be sent twice
     */
    public boolean sent(OutboxItem item) {
        return end(item, "D", "");
    }

    /**
     * Records that it could not be sent: it is tried again after a pause and a last time when its time is over, then parked.
     *
     * @param why without anything of a patient; cut at 500 characters
     * @return false when the lease ran out meanwhile
     */
    public boolean failed(OutboxItem item, String why) {
        return later(item, why, false);
    }

    /**
     * Records that it has left but that what follows from it could not be written: that alone is tried again, as after a
     * failure.
     *
     * @param why without anything of a patient; cut at 500 characters
     * @return false when the lease ran out meanwhile
     */
    public boolean left(OutboxItem item, String why) {
        return later(item, why, true);
    }

    /** Holds a lease for that much longer from now, if it still holds. */
    void keep(OutboxItem item, Duration time) {
        database()
                .sql("update outbox_item set leased_until = clock_timestamp() + ? * interval '1 millisecond'"
                        + " where id = ? and lease = ? and state = 'W'")
                .params(time.toMillis(), item.id(), item.lease())
                .update();
    }

    private boolean later(OutboxItem item, String why, boolean left) {
        var now = tools.clock().instant();
        var next = Timestamp.from(now.plus(plan.pauseAfter(item.attempt())));
        return database()
                        .sql("update outbox_item set lease = null, leased_until = null, outcome = ?,"
                                + " due_at = least(?, give_up_at),"
                                + " state = case when ? >= give_up_at then 'P' else 'W' end,"
                                + " ended_at = case when ? >= give_up_at then now() end,"
                                + " left_at = case when ? then now() else left_at end"
                                + " where id = ? and lease = ? and state = 'W'")
                        .params(cut(why), next, Timestamp.from(now), Timestamp.from(now), left, item.id(), item.lease())
                        .update()
                == 1;
    }

    /**
     * Parks it at once: another try could not help.
     *
     * @return false when the lease ran out meanwhile
     */
    public boolean refused(OutboxItem item, String why) {
        return end(item, "P", why);
    }

    /** Takes back what still waits under this key and is not being sent now. */
    public boolean withdraw(String key) {
        return database()
                        .sql("delete from outbox_item where kind = ? and key = ? and state = 'W' and left_at is null"
                                + " and (leased_until is null or leased_until < clock_timestamp())")
                        .params(kind, key)
                        .update()
                == 1;
    }

    /**
     * Parks what still waits in a lane and is not being sent now.
     *
     * @param why without anything of a patient; cut at 500 characters
     * @return how much it was
     */
    public int refuseLane(String lane, String why) {
        return database()
                .sql("update outbox_item set state = 'P', outcome = ?, ended_at = now() where kind = ? and lane = ?"
                        + " and state = 'W' and (leased_until is null or leased_until < clock_timestamp())")
                .params(cut(why), kind, lane)
                .update();
    }

    private JdbcClient database() {
        return tools.database();
    }

    private boolean end(OutboxItem item, String state, String outcome) {
        return database()
                        .sql("update outbox_item set state = ?, outcome = ?, ended_at = now(), lease = null,"
                                + " leased_until = null where id = ? and lease = ? and state = 'W'")
                        .params(state, cut(outcome), item.id(), item.lease())
                        .update()
                == 1;
    }

    private static String cut(String why) {
        return why.length() > 500 ? why.substring(0, 500) : why;
    }
}
