package org.rapport.smart.spring;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rows of grants, one of them held at a time, and the refresh tokens that were exchanged. */
final class GrantRows {

    private static final String COLUMNS =
            "id, registered_client_id, principal_name, login_session, authorized_scopes, access_token_value";

    private final JdbcClient database;

    GrantRows(JdbcClient database) {
        this.database = database;
    }

    /** Holds the grant of a code until the transaction ends. */
    Optional<GrantRow> lockByCode(String hash) {
        return lock("authorization_code_value", hash);
    }

    /** Holds the grant of a refresh token until the transaction ends. */
    Optional<GrantRow> lockByRefreshToken(String hash) {
        return lock("refresh_token_value", hash);
    }

    /** Holds the grant of an access, refresh or ID token until the transaction ends. */
    Optional<GrantRow> lockByAnyToken(String hash) {
        return database.sql("SELECT " + COLUMNS + " FROM oauth2_authorization"
                        + " WHERE access_token_value = :hash OR refresh_token_value = :hash"
                        + " OR oidc_id_token_value = :hash FOR UPDATE")
                .param("hash", hash)
                .query(GrantRows::row)
                .optional();
    }

    private Optional<GrantRow> lock(String column, String hash) {
        return database.sql("SELECT " + COLUMNS + " FROM oauth2_authorization WHERE " + column + " = ? FOR UPDATE")
                .param(hash)
                .query(GrantRows::row)
                .optional();
    }

    /** Remembers that a refresh token was exchanged, and when its grant was used last. */
    void spend(String hash, GrantRow grant) {
        database.sql("INSERT INTO spent_refresh_token (token_hash, authorization_id, spent_at)"
                        + " VALUES (?, ?, clock_timestamp())")
                .params(hash, grant.id())
                .update();
        database.sql("UPDATE oauth2_authorization SET last_used_at = clock_timestamp() WHERE id = ?")
                .param(grant.id())
                .update();
    }

    /**
     * The grant of a refresh token that had been exchanged before a request came.
     *
     * @param underway how long ago the request came, as of the start of the transaction
     */
    Optional<GrantRow> familyOfSpent(String hash, Duration underway) {
        return database.sql("SELECT " + COLUMNS + " FROM oauth2_authorization WHERE id = ("
                        + "SELECT authorization_id FROM spent_refresh_token WHERE token_hash = ?"
                        + " AND spent_at <= clock_timestamp() - ? * interval '1 microsecond') FOR UPDATE")
                .params(hash, underway.toNanos() / 1000)
                .query(GrantRows::row)
                .optional();
    }

    private static GrantRow row(ResultSet row, int number) throws SQLException {
        var scopes = row.getString("authorized_scopes");
        return new GrantRow(
                row.getString("id"),
                row.getString("registered_client_id"),
                row.getString("principal_name"),
                row.getString("login_session"),
                scopes == null ? Set.of() : Set.of(scopes.split(",")),
                row.getString("access_token_value") != null);
    }

    /**
     * A grant as it was when it was locked.
     *
     * @param loginSession the session it was given in; null for a system's
     * @param redeemed whether its code was exchanged already
     */
    record GrantRow(
            String id,
            String clientId,
            String username,
            @Nullable String loginSession,
            Set<String> scopes,
            boolean redeemed) {

        GrantRow {
            scopes = Set.copyOf(scopes);
        }
    }
}
