package org.rapport.launch;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.rapport.smart.TokenHash;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Holds the launches that wait for their application, for all instances: each works once, for one application and one
 * user, within five minutes by the clock of the database.
 */
public final class Launches {

    /** How long a launch waits. */
    public static final Duration LIFETIME = Duration.ofMinutes(5);

    private static final int BYTES = 32;

    private final JdbcClient database;
    private final SecureRandom random = new SecureRandom();

    public Launches(JdbcClient database) {
        this.database = database;
    }

    /** A new launch value, for whom it is meant; only its hash is stored. */
    public String create(LaunchTarget target, LaunchContext context) {
        database.sql("DELETE FROM launch WHERE expires_at < now()").update();
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        var launch = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        database.sql("""
                        INSERT INTO launch (launch_hash, client_id, username, context, expires_at)
                        VALUES (?, ?, ?, ?::jsonb, now() + make_interval(secs => ?))""")
                .params(
                        TokenHash.of(launch),
                        target.clientId(),
                        target.username(),
                        context.toJson(),
                        LIFETIME.toSeconds())
                .update();
        return launch;
    }

    /** Whether an application may still use a launch, for whomever it was made. */
    public boolean isOpen(String launch, String clientId) {
        return database.sql("""
                        SELECT EXISTS (SELECT FROM launch
                                       WHERE launch_hash = ? AND client_id = ? AND expires_at > now())""")
                .params(TokenHash.of(launch), clientId)
                .query(Boolean.class)
                .single();
    }

    /** The context of a launch, which is used up by this; empty when it is unknown, old, used, or meant for others. */
    public Optional<LaunchContext> spend(String launch, LaunchTarget target) {
        return database.sql("""
                        DELETE FROM launch
                        WHERE launch_hash = ? AND client_id = ? AND username = ? AND expires_at > now()
                        RETURNING context::text""")
                .params(TokenHash.of(launch), target.clientId(), target.username())
                .query(String.class)
                .optional()
                .map(LaunchContext::fromJson);
    }
}
