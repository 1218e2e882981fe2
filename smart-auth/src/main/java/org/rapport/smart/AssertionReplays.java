package org.rapport.smart;

import java.sql.Timestamp;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Remembers which client assertions were used, on all instances, until they expire. */
public final class AssertionReplays {

    private final JdbcClient database;

    public AssertionReplays(JdbcClient database) {
        this.database = database;
    }

    /** Whether this is the first use of the assertion; of many at once one is the first. */
    public boolean isFirstUse(String clientId, String assertionId, Instant expiresAt) {
        database.sql("DELETE FROM client_assertion WHERE expires_at < now() - interval '5 minutes'")
                .update();
        return database.sql("""
                                INSERT INTO client_assertion (client_id, jti_hash, expires_at) VALUES (?, ?, ?)
                                ON CONFLICT DO NOTHING""")
                        .params(clientId, TokenHash.of(assertionId), Timestamp.from(expiresAt))
                        .update()
                == 1;
    }
}
