package org.rapport.registration;

import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.rapport.audit.Agent;
import org.rapport.audit.SecurityEvent;
import org.rapport.audit.SecurityLog;
import org.rapport.smart.TokenHash;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Holds the tokens with which applications may be registered: stored as hashes, for some uses and some days. */
public final class InitialAccessTokens {

    private static final int TOKEN_BYTES = 32;
    private static final int MOST_USES = 100;
    private static final Duration LONGEST_LIFE = Duration.ofDays(30);

    private final JdbcClient database;
    private final TransactionOperations transaction;
    private final SecurityLog log;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    /** @param log hears of each token made or revoked */
    public InitialAccessTokens(JdbcClient database, TransactionOperations transaction, SecurityLog log, Clock clock) {
        this.database = database;
        this.transaction = transaction;
        this.log = log;
        this.clock = clock;
    }

    /**
     * Makes a token, to be shown once.
     *
     * @param note whom it is for
     * @param uses how many applications it registers, 1 to 100
     * @param life how long it can be used, 30 days at most
     * @throws IllegalArgumentException when uses or life are out of their range
     */
    public String create(String note, int uses, Duration life, Agent by) {
        if (uses < 1 || uses > MOST_USES || life.isNegative() || life.isZero() || life.compareTo(LONGEST_LIFE) > 0) {
            throw new IllegalArgumentException("An initial access token has 1 to 100 uses within 30 days.");
        }
        var token = newToken();
        var id = UUID.randomUUID().toString();
        transaction.executeWithoutResult(status -> {
            database.sql("""
                            INSERT INTO initial_access_token (id, token_hash, note, uses_left, expires_at, created_by)
                            VALUES (?, ?, ?, ?, ?, ?)""")
                    .params(
                            id,
                            TokenHash.of(token),
                            note,
                            uses,
                            Timestamp.from(clock.instant().plus(life)),
                            by.subject().orElse(""))
                    .update();
            note(true, by, id, "registration-token-made");
        });
        return token;
    }

    /** The tokens that still work, the newest first; 200 at most. */
    public List<Listed> list() {
        return database.sql("""
                        SELECT * FROM initial_access_token WHERE uses_left > 0 AND expires_at > ?
                        ORDER BY created_at DESC LIMIT 200""")
                .param(Timestamp.from(clock.instant()))
                .query(InitialAccessTokens::listed)
                .list();
    }

    /** Ends a token; false when there is none with this id. */
    public boolean revoke(String id, Agent by) {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            boolean revoked = database.sql("DELETE FROM initial_access_token WHERE id = ?")
                            .param(id)
                            .update()
                    == 1;
            note(revoked, by, id, "registration-token-revoked");
            return revoked;
        }));
    }

    /**
     * Uses a token once, in the transaction that runs: when that is rolled back, the use is not spent.
     *
     * @return who made it; empty when it is none, spent or expired
     */
    Optional<String> spend(String token) {
        database.sql("DELETE FROM initial_access_token WHERE uses_left = 0 OR expires_at < ?")
                .param(Timestamp.from(clock.instant()))
                .update();
        return database.sql("""
                        UPDATE initial_access_token SET uses_left = uses_left - 1
                        WHERE token_hash = ? AND uses_left > 0 RETURNING created_by""").param(TokenHash.of(token)).query(String.class).optional();
    }

    /** A token of 32 random bytes, base64url. */
    String newToken() {
        var token = new byte[TOKEN_BYTES];
        random.nextBytes(token);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }

    private void note(boolean done, Agent by, String id, String detail) {
        log.record(new SecurityEvent(SecurityEvent.Kind.CLIENT_CHANGED, done, by, id, detail));
    }

    private static Listed listed(ResultSet row, int number) throws SQLException {
        return new Listed(
                row.getString("id"),
                row.getString("note"),
                row.getInt("uses_left"),
                row.getTimestamp("expires_at").toInstant(),
                row.getString("created_by"));
    }

    /**
     * A token without its value.
     *
     * @param note whom it is for
     * @param createdBy user name of the administrator
     */
    public record Listed(String id, String note, int usesLeft, Instant expiresAt, String createdBy) {}
}
