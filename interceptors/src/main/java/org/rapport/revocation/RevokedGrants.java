package org.rapport.revocation;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import org.rapport.kept.SharedSnapshot;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Remembers in the database which grants were revoked, and tells it of a token without asking the database each time.
 *
 * <p>What {@link #isRevoked} answers is never older than a second, on any instance: it looks into a snapshot of all
 * revocations that still matter, which is read anew by the first question that finds it older than half a second.
 */
public final class RevokedGrants {

    private final JdbcClient database;
    private final Clock clock;
    private final SharedSnapshot<Set<String>> live;

    /**
     * Works on the table {@code revoked_grant}.
     *
     * @param nanoTime a clock that never goes back, in nanoseconds, such as {@link System#nanoTime}
     */
    public RevokedGrants(JdbcClient database, Clock clock, LongSupplier nanoTime) {
        this.database = database;
        this.clock = clock;
        this.live = new SharedSnapshot<>(this::load, nanoTime, RevocationsUnknown::because);
    }

    /**
     * Revokes grants, with the transaction that runs if there is one; those that are revoked already stay so.
     *
     * @param until when the last access token of these grants has expired; they are forgotten after that
     */
    public void revoke(Collection<String> grantIds, Instant until) {
        if (grantIds.isEmpty()) {
            return;
        }
        database.sql("""
                        INSERT INTO revoked_grant (grant_id, revoked_at, expires_at)
                        SELECT id, clock_timestamp(), ? FROM unnest(?::text[]) AS id
                        ON CONFLICT (grant_id) DO UPDATE
                            SET expires_at = GREATEST(revoked_grant.expires_at, EXCLUDED.expires_at)""")
                .params(Timestamp.from(until), new TreeSet<>(grantIds).toArray(new String[0]))
                .update();
        purge();
    }

    /**
     * Whether the grant was revoked, as of at most a second ago.
     *
     * @throws RevocationsUnknown while the database does not answer
     */
    public boolean isRevoked(String grantId) {
        return live.get().contains(grantId);
    }

    private Set<String> load() {
        return new HashSet<>(database.sql("SELECT grant_id FROM revoked_grant WHERE expires_at > ?")
                .param(Timestamp.from(clock.instant()))
                .query(String.class)
                .list());
    }

    /** What another transaction is about to delete is left to it: two that waited for each other would both fail. */
    private void purge() {
        database.sql("""
                        DELETE FROM revoked_grant WHERE grant_id IN
                            (SELECT grant_id FROM revoked_grant WHERE expires_at <= ? LIMIT 1000
                             FOR UPDATE SKIP LOCKED)""").param(Timestamp.from(clock.instant())).update();
    }
}
