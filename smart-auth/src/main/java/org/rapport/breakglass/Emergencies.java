package org.rapport.breakglass;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Holds the emergencies, in the database; each method joins the transaction that runs. */
record Emergencies(JdbcClient database) {

    private static final int MOST = 50;

    void add(Emergency one) {
        database.sql("""
                        INSERT INTO break_glass (id, username, patient, reason, explanation, often, login_session,
                                                 started_at, expires_at)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                .params(
                        one.id(),
                        one.username(),
                        one.patient(),
                        one.why().reason().code(),
                        one.why().explanation(),
                        one.often(),
                        one.session(),
                        Timestamp.from(one.startedAt()),
                        Timestamp.from(one.expiresAt()))
                .update();
    }

    /** How often somebody broke the glass since then; whoever counts next waits until the transaction ends. */
    int countSince(String username, Instant since) {
        database.sql("SELECT pg_advisory_xact_lock(hashtextextended('break-glass/' || ?, 0))")
                .param(username)
                .query((row, number) -> username)
                .single();
        return database.sql("SELECT count(*) FROM break_glass WHERE username = ? AND started_at > ?")
                .params(username, Timestamp.from(since))
                .query(Integer.class)
                .single();
    }

    /** The latest emergency of somebody for a patient that gave no token yet, held until the transaction ends. */
    Optional<Emergency> unused(String username, String patient, Instant since) {
        return database.sql("""
                        SELECT * FROM break_glass
                        WHERE username = ? AND patient = ? AND started_at > ? AND grant_id IS NULL AND ended_at IS NULL
                        ORDER BY started_at DESC LIMIT 1 FOR UPDATE""")
                .params(username, patient, Timestamp.from(since))
                .query(Emergencies::emergency)
                .optional();
    }

    void used(UUID id, String grantId) {
        database.sql("UPDATE break_glass SET grant_id = ? WHERE id = ?")
                .params(grantId, id)
                .update();
    }

    /** What somebody has not ended yet, the latest first. */
    List<Emergency> runningOf(String username) {
        return database.sql(
                        "SELECT * FROM break_glass WHERE username = ? AND ended_at IS NULL ORDER BY started_at DESC LIMIT "
                                + MOST)
                .param(username)
                .query(Emergencies::emergency)
                .list();
    }

    /** One of these, held until the transaction ends. */
    Optional<Emergency> holdRunning(String username, UUID id) {
        return database.sql("SELECT * FROM break_glass WHERE id = ? AND username = ? AND ended_at IS NULL FOR UPDATE")
                .params(id, username)
                .query(Emergencies::emergency)
                .optional();
    }

    /**
     * What is over: its time, the time to fetch a token, or its grant. Held until the transaction ends, unless another
     * instance holds it.
     */
    List<Emergency> over(Instant now, Duration toFetch) {
        return database.sql("""
                        SELECT * FROM break_glass b
                        WHERE ended_at IS NULL
                          AND (expires_at <= :now
                               OR grant_id IS NULL AND started_at <= :unfetched
                               OR grant_id IS NOT NULL
                                  AND NOT EXISTS (SELECT FROM oauth2_authorization g WHERE g.id = b.grant_id))
                        ORDER BY started_at LIMIT :most FOR UPDATE SKIP LOCKED""")
                .param("now", Timestamp.from(now))
                .param("unfetched", Timestamp.from(now.minus(toFetch)))
                .param("most", MOST)
                .query(Emergencies::emergency)
                .list();
    }

    /** Ends one; the id of its grant, if it had one. */
    Optional<String> end(UUID id, Instant now) {
        return database.sql("UPDATE break_glass SET ended_at = ? WHERE id = ? RETURNING coalesce(grant_id, '')")
                .params(Timestamp.from(now), id)
                .query(String.class)
                .optional()
                .filter(grant -> !grant.isEmpty());
    }

    static Emergency emergency(ResultSet row, int number) throws SQLException {
        var reason = Reason.ofCode(row.getString("reason")).orElse(Reason.OTHER);
        return new Emergency(
                row.getObject("id", UUID.class),
                row.getString("username"),
                new Declaration(row.getString("patient"), reason, row.getString("explanation")),
                row.getBoolean("often"),
                row.getString("login_session"),
                row.getTimestamp("started_at").toInstant(),
                row.getTimestamp("expires_at").toInstant());
    }
}
