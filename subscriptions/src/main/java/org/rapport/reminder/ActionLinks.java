package org.rapport.reminder;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Makes and recognizes the links in messages by which a patient answers without signing in.
 *
 * <p>A token is 256 random bits, kept as a hash, and holds for one appointment at one time until it begins.
 */
public final class ActionLinks {

    private static final int TOKEN_BYTES = 32;

    private final JdbcClient database;
    private final SecureRandom random;
    private final Clock clock;

    /**
     * @param database holds the hashes
     * @param random source of the tokens
     */
    public ActionLinks(JdbcClient database, SecureRandom random, Clock clock) {
        this.database = database;
        this.random = random;
        this.clock = clock;
    }

    /**
     * What a link is for.
     *
     * @param appointment logical id
     * @param patient logical id of the patient who answers
     * @param start when the appointment begins, as the message says
     */
    public record Purpose(String appointment, String patient, Instant start) {}

    /** Makes a link and returns its token, which is not kept. */
    public String make(Purpose purpose) {
        var bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        var token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        database.sql("insert into action_link (token_hash, appointment, patient, start_at) values (?, ?, ?, ?)")
                .params(hash(token), purpose.appointment(), purpose.patient(), Timestamp.from(purpose.start()))
                .update();
        return token;
    }

    /** What a token is for; empty when there is no such link or its appointment has begun. */
    public Optional<Purpose> find(String token) {
        return database.sql("select appointment, patient, start_at from action_link where token_hash = ?")
                .param(hash(token))
                .query((row, index) -> new Purpose(
                        row.getString(1), row.getString(2), row.getTimestamp(3).toInstant()))
                .optional()
                .filter(this::isAhead);
    }

    /** Whether the appointment has yet to begin. */
    public boolean isAhead(Purpose purpose) {
        return purpose.start().isAfter(clock.instant());
    }

    /** What a form must carry to act by a token: only a page that was opened with it knows. */
    public static String formKey(String token) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(hash("form of " + token));
    }

    /** Whether a form carries its key. */
    public static boolean isFormOf(String token, String key) {
        return MessageDigest.isEqual(
                formKey(token).getBytes(StandardCharsets.UTF_8), key.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] hash(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
