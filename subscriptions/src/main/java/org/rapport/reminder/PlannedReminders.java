package org.rapport.reminder;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The reminders that were planned, each once, with its CommunicationRequest and what became of it.
 *
 * @param database joins the transaction that runs
 */
public record PlannedReminders(JdbcClient database) {

    /** What becomes of a reminder. */
    public enum State {
        /** It waits until it is due. */
        WAITING("W"),
        /** Its message is in the outbox. */
        DISPATCHED("D"),
        /** The appointment was cancelled or moved, or it is too late. */
        REVOKED("R");

        private final String letter;

        State(String letter) {
            this.letter = letter;
        }
    }

    /**
     * A reminder with what asks for it.
     *
     * @param request logical id of the CommunicationRequest
     */
    public record Planned(Reminder reminder, String request) {}

    /** Those of an appointment that wait. */
    public List<Planned> waiting(String appointment) {
        return database.sql("select appointment, patient, start_at, lead_seconds, due_at, request from reminder"
                        + " where appointment = ? and state = 'W' for update")
                .param(appointment)
                .query((row, index) -> planned(row))
                .list();
    }

    /** Takes some that are due and that nobody else has taken, for the transaction that runs. */
    public List<Planned> due(Instant now, int most) {
        return database.sql(
                        "select appointment, patient, start_at, lead_seconds, due_at, request from reminder"
                                + " where state = 'W' and due_at <= ? and try_at <= ? order by due_at limit ? for update skip locked")
                .params(Timestamp.from(now), Timestamp.from(now), most)
                .query((row, index) -> planned(row))
                .list();
    }

    /** What a link in the message that a CommunicationRequest asked for answers; empty when it was planned anew. */
    public Optional<ActionLinks.Purpose> purpose(String request) {
        return database.sql("select appointment, patient, start_at from reminder where request = ?")
                .param(request)
                .query((row, index) -> new ActionLinks.Purpose(
                        row.getString(1), row.getString(2), row.getTimestamp(3).toInstant()))
                .optional();
    }

    /** Whether there is one already, waiting or dispatched; one that was revoked may be planned again. */
    public boolean has(Reminder reminder) {
        return database.sql("select exists (select from reminder where appointment = ? and patient = ? and start_at = ?"
                        + " and lead_seconds = ? and state <> 'R')")
                .params(
                        reminder.appointment(),
                        reminder.patient(),
                        Timestamp.from(reminder.start()),
                        reminder.lead().toSeconds())
                .query(Boolean.class)
                .single();
    }

    /** Plans one. */
    public void add(Planned planned) {
        var reminder = planned.reminder();
        database.sql(
                        "insert into reminder (appointment, patient, start_at, lead_seconds, due_at, request)"
                                + " values (?, ?, ?, ?, ?, ?) on conflict (appointment, patient, start_at, lead_seconds) do update"
                                + " set state = 'W', try_at = '-infinity', due_at = excluded.due_at, request = excluded.request")
                .params(
                        reminder.appointment(),
                        reminder.patient(),
                        Timestamp.from(reminder.start()),
                        reminder.lead().toSeconds(),
                        Timestamp.from(reminder.due()),
                        planned.request())
                .update();
    }

    /** Leaves one alone until then, so that it holds up no other. */
    public void postpone(Reminder reminder, Instant until) {
        database.sql(
                        "update reminder set try_at = ? where appointment = ? and patient = ? and start_at = ? and lead_seconds = ?")
                .params(
                        Timestamp.from(until),
                        reminder.appointment(),
                        reminder.patient(),
                        Timestamp.from(reminder.start()),
                        reminder.lead().toSeconds())
                .update();
    }

    /** Notes what became of one. */
    public void settle(Reminder reminder, State state) {
        database.sql(
                        "update reminder set state = ? where appointment = ? and patient = ? and start_at = ? and lead_seconds = ?")
                .params(
                        state.letter,
                        reminder.appointment(),
                        reminder.patient(),
                        Timestamp.from(reminder.start()),
                        reminder.lead().toSeconds())
                .update();
    }

    private static Planned planned(ResultSet row) throws SQLException {
        var reminder = new Reminder(
                row.getString("appointment"),
                row.getString("patient"),
                row.getTimestamp("start_at").toInstant(),
                Duration.ofSeconds(row.getLong("lead_seconds")),
                row.getTimestamp("due_at").toInstant());
        return new Planned(reminder, row.getString("request"));
    }
}
