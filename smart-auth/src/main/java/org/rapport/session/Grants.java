package org.rapport.session;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.rapport.revocation.RevokedGrants;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Ends grants: their codes and refresh tokens are gone at once, and their access tokens are refused on every instance
 * within a second.
 *
 * <p>Each method joins the transaction that runs, or runs one of its own.
 */
public final class Grants {

    /** How long after its expiry a token may still be taken for good, by clocks that differ. */
    private static final Duration SKEW = Duration.ofMinutes(2);

    private final JdbcClient database;
    private final TransactionOperations transaction;
    private final RevokedGrants revoked;
    private final Clock clock;

    public Grants(JdbcClient database, TransactionOperations transaction, RevokedGrants revoked, Clock clock) {
        this.database = database;
        this.transaction = transaction;
        this.revoked = revoked;
        this.clock = clock;
    }

    /**
     * Ends one grant.
     *
     * @return how many there were: 1, or 0 when it had ended before
     */
    public int end(String grantId) {
        return endWhere("id = ?", grantId);
    }

    /**
     * Ends all grants of a person, those given for offline access too.
     *
     * @return how many there were
     */
    public int endOf(String username) {
        return endWhere("principal_name = ? AND authorization_grant_type <> 'client_credentials'", username);
    }

    /**
     * Ends all grants that a person gave one application.
     *
     * @return how many there were
     */
    public int endOf(String username, String clientId) {
        return endWhere("principal_name = ? AND registered_client_id = ?", username, clientId);
    }

    /**
     * Ends all grants of an application, of whomever.
     *
     * @return how many there were
     */
    public int endOfClient(String clientId) {
        return endWhere("registered_client_id = ?", clientId);
    }

    /**
     * Ends the grants given in a login session, except those for offline access, which are meant to outlive it.
     *
     * @param sessionId id of the session as {@link Sessions} tells it
     * @return how many there were
     */
    public int endOfSession(String sessionId) {
        return endWhere(
                "login_session = ? AND NOT (string_to_array(COALESCE(authorized_scopes, ''), ',') @> '{offline_access}')",
                sessionId);
    }

    /** The grant that an ID token was made for, by the token's hash; empty when it has ended or has a newer ID token. */
    public Optional<GrantInSession> ofIdToken(String hash) {
        return database.sql("SELECT id, COALESCE(login_session, '') FROM oauth2_authorization"
                        + " WHERE oidc_id_token_value = ?")
                .param(hash)
                .query((row, number) -> new GrantInSession(row.getString(1), row.getString(2)))
                .optional();
    }

    /**
     * In the order of their ids: two that end the same grants wait for each other only one way. What was exchanged for
     * their tokens ends with them, by a second statement that sees what was exchanged just before.
     */
    private int endWhere(String condition, Object... values) {
        Integer ended = transaction.execute(status -> {
            var grants = delete(condition, values);
            revoked.revoke(grants.stream().map(Ended::id).toList(), lastTokenDead(grants));
            var parents = grants.stream().map(Ended::id).toArray(String[]::new);
            if (parents.length > 0) {
                var exchanged = delete("parent_id = ANY (?)", (Object) parents);
                revoked.revoke(exchanged.stream().map(Ended::id).toList(), lastTokenDead(exchanged));
            }
            return grants.size();
        });
        return ended == null ? 0 : ended;
    }

    private List<Ended> delete(String condition, Object... values) {
        return database.sql("""
                        DELETE FROM oauth2_authorization WHERE id IN
                            (SELECT id FROM oauth2_authorization WHERE %s ORDER BY id FOR UPDATE)
                        RETURNING id, access_token_expires_at""".formatted(condition))
                .params(values)
                .query(this::ended)
                .list();
    }

    private Ended ended(ResultSet row, int number) throws SQLException {
        Timestamp expiry = row.getTimestamp("access_token_expires_at");
        return new Ended(row.getString("id"), expiry == null ? clock.instant() : expiry.toInstant());
    }

    private Instant lastTokenDead(List<Ended> grants) {
        return grants.stream()
                .map(Ended::expiry)
                .max(Comparator.naturalOrder())
                .orElse(clock.instant())
                .plus(SKEW);
    }

    /**
     * A grant and where it was given.
     *
     * @param sessionId id of the login session; empty when it is not known
     */
    public record GrantInSession(String id, String sessionId) {}

    private record Ended(String id, Instant expiry) {}
}
