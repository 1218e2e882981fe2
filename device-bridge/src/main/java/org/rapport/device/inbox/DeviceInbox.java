package org.rapport.device.inbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.rapport.device.ReadingTopic;
import org.rapport.mapping.Mapped;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Holds what devices have sent until it is an Observation, and afterwards as the proof that it is one.
 *
 * <p>Each method joins the transaction that runs. Times go by the database's clock.
 */
public final class DeviceInbox {

    /** Called when something waits to be stored. */
    public static final String TOPIC = "device-inbox";

    // with the order of arrival, which the ids then have too
    private static final String ADD =
            "insert into device_inbox (dedupe_key, payload_hash, device_id, reading_type, payload, state, refusal, reason,"
                    + " ended_at) select key, hash, device, type, payload, case when refusal is null then 'W' else 'X' end,"
                    + " refusal, reason, case when refusal is not null then now() end"
                    + " from unnest(?, ?, ?, ?, ?, ?, ?) with ordinality"
                    + " as sent (key, hash, device, type, payload, refusal, reason, number) order by number"
                    + " on conflict do nothing returning dedupe_key, encode(payload_hash, 'hex')";

    // jumps from device to device through the index, however much waits for each
    private static final String DEVICES = "with recursive lane (device_id, due_at) as ("
            + "(select device_id, due_at from device_inbox where state = 'W' and device_id > ?"
            + " order by device_id, id limit 1) union all select next.device_id, next.due_at from lane cross join lateral"
            + " (select device_id, due_at from device_inbox where state = 'W' and device_id > lane.device_id"
            + " order by device_id, id limit 1) next)"
            + " select device_id from lane where due_at <= clock_timestamp() limit ?";

    private static final int LONGEST_REASON = 500;

    private final JdbcTemplate batches;
    private final JdbcClient database;

    /**
     * @param batches runs what has arrays
     */
    public DeviceInbox(JdbcTemplate batches) {
        this.batches = batches;
        this.database = JdbcClient.create(batches);
    }

    /**
     * Takes these in, in this order, by one statement.
     *
     * @return which of them were not there yet, each by its key and digest
     */
    Set<List<String>> add(List<InboxEntry> entries) {
        return new HashSet<>(batches.query(
                connection -> insertion(connection, entries),
                (row, number) -> List.of(row.getString(1), row.getString(2))));
    }

    private static PreparedStatement insertion(Connection connection, List<InboxEntry> entries) throws SQLException {
        var insertion = connection.prepareStatement(ADD);
        var text = "text";
        set(insertion, 1, text, entries, InboxEntry::key);
        set(insertion, 2, "bytea", entries, entry -> HexFormat.of().parseHex(entry.digest()));
        set(insertion, 3, text, entries, entry -> entry.arrival().topic().deviceId());
        set(insertion, 4, text, entries, entry -> entry.arrival().topic().type());
        set(insertion, 5, "bytea", entries, entry -> kept(entry.arrival().payload()));
        set(
                insertion,
                6,
                text,
                entries,
                entry -> refused(entry).map(refused -> refused.refusal().code()).orElse(null));
        set(
                insertion,
                7,
                text,
                entries,
                entry -> refused(entry).map(refused -> cut(refused.text())).orElse(null));
        return insertion;
    }

    private static void set(
            PreparedStatement insertion,
            int parameter,
            String type,
            List<InboxEntry> entries,
            Function<InboxEntry, ?> value)
            throws SQLException {
        var values = entries.stream().map(value).toArray();
        var array = type.equals("bytea") ? List.of(values).toArray(new byte[0][]) : values;
        insertion.setArray(parameter, insertion.getConnection().createArrayOf(type, array));
    }

    /** Of what is too long to be a reading the beginning shows what it was. */
    private static byte[] kept(byte[] payload) {
        return payload.length > 65_536 ? Arrays.copyOf(payload, 65_536) : payload;
    }

    private static Optional<Mapped.Refused> refused(InboxEntry entry) {
        return entry.mapped() instanceof Mapped.Refused refused ? Optional.of(refused) : Optional.empty();
    }

    /**
     * Devices whose first waiting message is due, in the order of their ids.
     *
     * @param after the device before the first of them; empty to begin
     * @param most how many at once
     */
    public List<String> devicesDue(String after, int most) {
        return database.sql(DEVICES).params(after, most).query(String.class).list();
    }

    /**
     * The first waiting message of a device, when it is due; nobody else is given one of this device until the
     * transaction ends.
     */
    public Optional<InboxRow> claimFirst(String deviceId) {
        return locked(deviceId) ? first(deviceId) : Optional.empty();
    }

    /** By an advisory lock: that of the row would not keep another instance from the next row. */
    private boolean locked(String deviceId) {
        return database.sql("select pg_try_advisory_xact_lock(hashtext('device_inbox'), hashtext(?))")
                .param(deviceId)
                .query(Boolean.class)
                .single();
    }

    private Optional<InboxRow> first(String deviceId) {
        return database.sql(
                        "select * from (select id, dedupe_key, device_id, reading_type, payload, received_at, attempts,"
                                + " due_at from device_inbox where state = 'W' and device_id = ? order by id limit 1) first"
                                + " where due_at <= clock_timestamp()")
                .param(deviceId)
                .query((row, number) -> new InboxRow(
                        row.getLong(1),
                        row.getString(2),
                        new ReadingTopic(row.getString(3), row.getString(4)),
                        new InboxRow.Content(
                                row.getBytes(5), row.getTimestamp(6).toInstant(), row.getInt(7))))
                .optional();
    }

    /** Records that it is an Observation now. */
    public void stored(InboxRow row, String observationId) {
        end(row, "D", observationId, null, null);
    }

    /** Records that it can never become one. */
    public void refused(InboxRow row, Mapped.Refused refused) {
        end(row, "X", null, refused.refusal().code(), cut(refused.text()));
    }

    /** Keeps it until it is known whose it is. */
    public void unmatched(InboxRow row) {
        end(row, "U", null, null, null);
    }

    /** Lets it, and all that its device sent later, wait. */
    public void failed(InboxRow row, Duration pause, String why) {
        database.sql("update device_inbox set attempts = attempts + 1, reason = ?,"
                        + " due_at = clock_timestamp() + ? * interval '1 millisecond' where id = ? and state = 'W'")
                .params(cut(why), pause.toMillis(), row.id())
                .update();
    }

    /**
     * Has the messages of these devices tried again that belonged to nobody. Waits for whoever is just finding that out,
     * so that no message is left behind.
     *
     * @return how many
     */
    public int retryUnmatched(Collection<String> deviceIds) {
        int found = 0;
        for (var deviceId : new TreeSet<>(deviceIds)) {
            database.sql("select pg_advisory_xact_lock(hashtext('device_inbox'), hashtext(?))::text")
                    .param(deviceId)
                    .query(String.class)
                    .list();
            found += database.sql("update device_inbox set state = 'W', ended_at = null, due_at = clock_timestamp()"
                            + " where state = 'U' and device_id = ?")
                    .param(deviceId)
                    .update();
        }
        return found;
    }

    private void end(
            InboxRow row,
            String state,
            @Nullable String observationId,
            @Nullable String refusal,
            @Nullable String reason) {
        database.sql("update device_inbox set state = ?, observation_id = ?, refusal = ?, reason = ?, ended_at = now()"
                        + " where id = ? and state = 'W'")
                .params(state, observationId, refusal, reason, row.id())
                .update();
    }

    private static String cut(String reason) {
        return reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) : reason;
    }
}
