package org.rapport.session;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Knows which applications a person has let in, and shows them out again. */
public final class AppAccess {

    private static final int MOST = 100;
    private static final String AUTHORITY = "SCOPE_";

    private final JdbcClient database;
    private final TransactionOperations transaction;
    private final Grants grants;
    private final Clock clock;

    public AppAccess(JdbcClient database, TransactionOperations transaction, Grants grants, Clock clock) {
        this.database = database;
        this.transaction = transaction;
        this.grants = grants;
        this.clock = clock;
    }

    /** The applications that hold a grant of this person or would get one without asking, by name; at most 100. */
    public List<ConnectedApp> of(String username) {
        return database.sql("""
                        WITH living AS (
                            SELECT registered_client_id AS client, string_agg(authorized_scopes, ',') AS scopes,
                                   min(created_at) AS since,
                                   max(GREATEST(access_token_issued_at, last_used_at)) AS last_used
                            FROM oauth2_authorization
                            WHERE principal_name = :username AND access_token_value IS NOT NULL
                              AND GREATEST(access_token_expires_at, refresh_token_expires_at) > :now
                            GROUP BY registered_client_id),
                        remembered AS (
                            SELECT registered_client_id AS client, authorities
                            FROM oauth2_authorization_consent WHERE principal_name = :username)
                        SELECT app.client_id, app.name, living.scopes, living.since, living.last_used, remembered.authorities
                        FROM living FULL JOIN remembered USING (client) JOIN smart_client app ON app.client_id = client
                        ORDER BY lower(app.name), app.client_id LIMIT""" + ' ' + MOST)
                .param("username", username)
                .param("now", Timestamp.from(clock.instant()))
                .query(AppAccess::app)
                .list();
    }

    /**
     * Ends every grant that a person gave an application, and forgets what the person allowed it.
     *
     * @return whether there was anything to end or to forget
     */
    public boolean end(String username, String clientId) {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            int forgotten = database.sql("""
                            DELETE FROM oauth2_authorization_consent
                            WHERE principal_name = ? AND registered_client_id = ?""").params(username, clientId).update();
            return grants.endOf(username, clientId) + forgotten > 0;
        }));
    }

    private static ConnectedApp app(ResultSet row, int number) throws SQLException {
        var scopes = split(row.getString("scopes"));
        return new ConnectedApp(
                row.getString("client_id"),
                row.getString("name"),
                scopes.isEmpty() ? split(row.getString("authorities")) : scopes,
                moment(row.getTimestamp("since")),
                moment(row.getTimestamp("last_used")));
    }

    private static Set<String> split(@Nullable String list) {
        return Arrays.stream(Optional.ofNullable(list).orElse("").split(","))
                .map(text -> text.startsWith(AUTHORITY) ? text.substring(AUTHORITY.length()) : text)
                .filter(Predicate.not(String::isBlank))
                .collect(Collectors.toSet());
    }

    private static Optional<Instant> moment(@Nullable Timestamp stored) {
        return Optional.ofNullable(stored).map(Timestamp::toInstant);
    }
}
