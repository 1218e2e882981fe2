package org.rapport.breakglass;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.rapport.account.Account;
import org.rapport.account.AccountLedger;
import org.rapport.account.Role;
import org.rapport.audit.Agent;
import org.rapport.audit.SecurityEvent;
import org.rapport.audit.SecurityEvent.Kind;

/** Has privacy officers judge each emergency within 72 hours, and reminds them each day after that. */
public final class Reviews {

    private static final Duration TIME = Duration.ofDays(3);
    private static final Duration REMIND_EVERY = Duration.ofDays(1);
    private static final Duration REPORTED = Duration.ofDays(30);
    private static final int MOST = 100;

    private final AccountLedger ledger;
    private final Witnesses witnesses;
    private final Clock clock;

    public Reviews(AccountLedger ledger, Witnesses witnesses, Clock clock) {
        this.ledger = ledger;
        this.witnesses = witnesses;
        this.clock = clock;
    }

    /** An emergency that waits for its review; late after 72 hours. */
    public record Waiting(Emergency emergency, boolean late) {}

    /**
     * What an officer judged.
     *
     * @param remark in words, at most 500 characters; may be empty
     */
    public record Judgement(boolean justified, String remark) {}

    /**
     * The emergencies of the last 30 days in numbers.
     *
     * @param late how many wait for longer than 72 hours, however old they are
     */
    public record Report(int all, int justified, int unjustified, int late) {}

    /** Whether somebody may review. */
    public static boolean areOpenTo(Account account) {
        return account.enabled() && account.roles().contains(Role.PRIVACY_OFFICER);
    }

    /** What waits, that of people who break the glass often first and then the oldest; at most 100. */
    public List<Waiting> waiting() {
        var due = clock.instant().minus(TIME);
        return ledger
                .database()
                .sql("SELECT * FROM break_glass WHERE reviewed_at IS NULL ORDER BY often DESC, started_at LIMIT "
                        + MOST)
                .query(Emergencies::emergency)
                .list()
                .stream()
                .map(one -> new Waiting(one, !one.startedAt().isAfter(due)))
                .toList();
    }

    /** The line for a report. */
    public Report report() {
        var now = clock.instant();
        return ledger.database()
                .sql("""
                        SELECT count(*) FILTER (WHERE started_at > :from),
                               count(*) FILTER (WHERE started_at > :from AND justified),
                               count(*) FILTER (WHERE started_at > :from AND NOT justified),
                               count(*) FILTER (WHERE reviewed_at IS NULL AND started_at <= :due)
                        FROM break_glass WHERE started_at > :from OR reviewed_at IS NULL""")
                .param("from", time(now.minus(REPORTED)))
                .param("due", time(now.minus(TIME)))
                .query(Reviews::counted)
                .single();
    }

    /**
     * Closes a review.
     *
     * @return false when it is closed already, or the officer would judge the own emergency
     */
    public boolean close(Account officer, UUID id, Judgement judgement, String address) {
        return ledger.whole(() -> {
            var patient = ledger.database()
                    .sql("""
                            UPDATE break_glass SET reviewed_at = ?, reviewed_by = ?, justified = ?, remark = ?
                            WHERE id = ? AND reviewed_at IS NULL AND username <> ? RETURNING patient""")
                    .params(
                            time(clock.instant()),
                            officer.username(),
                            judgement.justified(),
                            judgement.remark(),
                            id,
                            officer.username())
                    .query(String.class)
                    .optional();
            patient.ifPresent(whose -> ledger.log()
                    .record(
                            SecurityEvent.succeeded(
                                    Kind.BREAK_GLASS_REVIEWED,
                                    agent(officer, address),
                                    id.toString(),
                                    judgement.justified() ? "justified" : "not-justified"),
                            whose));
            return patient.isPresent();
        });
    }

    private static Agent agent(Account officer, String address) {
        var known = BreakGlass.agent(officer, address);
        return new Agent(known.subject(), known.client(), known.fhirUser(), known.address());
    }

    /** Reminds of what is late, each time of all that is. */
    void remind() {
        ledger.whole(() -> {
            var now = clock.instant();
            int late = ledger.database()
                    .sql("""
                            UPDATE break_glass SET reminded_at = :now WHERE id IN (
                                SELECT id FROM break_glass
                                WHERE reviewed_at IS NULL AND started_at <= :due
                                  AND (reminded_at IS NULL OR reminded_at <= :again)
                                FOR UPDATE SKIP LOCKED)""")
                    .param("now", time(now))
                    .param("due", time(now.minus(TIME)))
                    .param("again", time(now.minus(REMIND_EVERY)))
                    .update();
            if (late > 0) {
                witnesses.late();
            }
            return late;
        });
    }

    private static Report counted(ResultSet row, int number) throws SQLException {
        return new Report(row.getInt(1), row.getInt(2), row.getInt(3), row.getInt(4));
    }

    private static Timestamp time(Instant moment) {
        return Timestamp.from(moment);
    }
}
