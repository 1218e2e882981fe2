package org.rapport.session;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Knows the browsers that people are signed in with, and ends their sessions with the grants that live on them.
 *
 * <p>Sessions are in the database and nowhere else: what is ended here is ended on every instance, at its next request.
 */
public final class Sessions {

    private static final int MOST = 100;

    /** The time of the last request with which its owner did something, by Spring Session in milliseconds. */
    private static final String ALIVE = """
            expiry_time > :millis
            AND COALESCE(signed_in_at, to_timestamp(creation_time / 1000.0)) > :earliest""";

    private final JdbcClient database;
    private final TransactionOperations transaction;
    private final Grants grants;
    private final SessionLimits limits;
    private final Clock clock;

    public Sessions(
            JdbcClient database, TransactionOperations transaction, Grants grants, SessionLimits limits, Clock clock) {
        this.database = database;
        this.transaction = transaction;
        this.grants = grants;
        this.limits = limits;
        this.clock = clock;
    }

    /** The sessions of a person, the one used last first; at most 100. */
    public List<LoginSession> of(String username) {
        return alive("SELECT * FROM login_session WHERE principal_name = :username AND " + ALIVE
                        + " ORDER BY last_access_time DESC LIMIT " + MOST)
                .param("username", username)
                .query(Sessions::session)
                .list();
    }

    /** Whether the session with this id has neither ended nor timed out. */
    public boolean isAlive(String id) {
        return alive("SELECT EXISTS (SELECT FROM login_session WHERE primary_id = CAST(:id AS char(36)) AND " + ALIVE
                        + ")")
                .param("id", id)
                .query(Boolean.class)
                .single();
    }

    /** The same; the session stays until the transaction ends that runs. */
    public boolean holdAlive(String id) {
        return alive("SELECT primary_id FROM login_session WHERE primary_id = CAST(:id AS char(36)) AND " + ALIVE
                        + " FOR KEY SHARE")
                .param("id", id)
                .query(String.class)
                .optional()
                .isPresent();
    }

    private JdbcClient.StatementSpec alive(String sql) {
        var now = clock.instant();
        return database.sql(sql)
                .param("millis", now.toEpochMilli())
                .param("earliest", Timestamp.from(now.minus(limits.absolute())));
    }

    /** The id of the session that a browser's cookie opens; empty when there is none. */
    public Optional<String> idOf(String cookie) {
        return database.sql("SELECT primary_id FROM login_session WHERE session_id = CAST(? AS char(36))")
                .param(cookie)
                .query(String.class)
                .optional();
    }

    /** Remembers with a stored session that somebody signed in. */
    public void signedIn(String cookie, SignIn signIn) {
        database.sql("""
                        UPDATE login_session SET signed_in_at = ?, address = ?, device = ?
                        WHERE session_id = CAST(? AS char(36))""")
                .params(Timestamp.from(signIn.at()), signIn.address(), signIn.device(), cookie)
                .update();
    }

    /**
     * Ends one session of a person.
     *
     * @return whether there was one
     */
    public boolean end(String username, String id) {
        return endWhere("principal_name = ? AND primary_id = CAST(? AS char(36))", username, id) == 1;
    }

    /**
     * Ends all sessions of a person but one.
     *
     * @return how many there were
     */
    public int endOthers(String username, String keptId) {
        return endWhere("principal_name = ? AND primary_id <> CAST(? AS char(36))", username, keptId);
    }

    /**
     * Ends all sessions of a person; grants for offline access are ended by {@link Grants#endOf(String)}.
     *
     * @return how many there were
     */
    public int endAllOf(String username) {
        return endWhere("principal_name = ?", username);
    }

    /** Ends the session that a cookie opens, if any. */
    public void endByCookie(String cookie) {
        endWhere("session_id = CAST(? AS char(36))", cookie);
    }

    /** Ends what a session gave while somebody else was signed in with it. */
    public void endGrantsByCookie(String cookie) {
        idOf(cookie).ifPresent(grants::endOfSession);
    }

    private int endWhere(String condition, Object... values) {
        Integer ended = transaction.execute(status -> {
            var ids = database.sql("DELETE FROM login_session WHERE " + condition + " RETURNING primary_id")
                    .params(values)
                    .query(String.class)
                    .list();
            ids.stream().sorted().forEach(grants::endOfSession);
            return ids.size();
        });
        return ended == null ? 0 : ended;
    }

    private static LoginSession session(ResultSet row, int number) throws SQLException {
        var signedInAt = row.getTimestamp("signed_in_at");
        return new LoginSession(
                row.getString("primary_id"),
                row.getString("principal_name"),
                text(row, "device"),
                text(row, "address"),
                signedInAt == null ? Instant.ofEpochMilli(row.getLong("creation_time")) : signedInAt.toInstant(),
                Instant.ofEpochMilli(row.getLong("last_access_time")));
    }

    private static String text(ResultSet row, String column) throws SQLException {
        var value = row.getString(column);
        return value == null ? "" : value;
    }
}
