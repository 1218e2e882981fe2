package org.rapport.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.rapport.testing.TestDatabase;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.AbstractDataSource;

class RevokedGrantsTest {

    private static final Instant NOON = Instant.parse("2026-11-29T12:00:00Z");
    private static final Instant LATER = NOON.plusSeconds(420);

    private final TestDatabase database = TestDatabase.with("V2026.11.29.15__revoked_grant.sql");
    private final AtomicLong nanos = new AtomicLong();
    private final RevokedGrants here = at(NOON);
    private final RevokedGrants elsewhere = at(NOON);

    private RevokedGrants at(Instant now) {
        return new RevokedGrants(database.client(), Clock.fixed(now, ZoneOffset.UTC), nanos::get);
    }

    private void waitMillis(long millis) {
        nanos.addAndGet(Duration.ofMillis(millis).toNanos());
    }

    private int rows() {
        return database.client()
                .sql("SELECT count(*) FROM revoked_grant")
                .query(Integer.class)
                .single();
    }

    @Test
    void areKnownToAnotherInstanceWithinASecond() {
        assertThat(elsewhere.isRevoked("g1")).isFalse();
        here.revoke(List.of("g1", "g1"), LATER);

        waitMillis(501);

        assertThat(elsewhere.isRevoked("g1")).isTrue();
        assertThat(elsewhere.isRevoked("g2")).isFalse();
    }

    @Test
    void areNotAskedForAgainWithinHalfASecond() {
        assertThat(elsewhere.isRevoked("g1")).isFalse();
        here.revoke(List.of("g1"), LATER);

        waitMillis(500);

        assertThat(elsewhere.isRevoked("g1")).isFalse();
    }

    @Test
    void areForgottenWhenTheirTokensHaveExpired() {
        here.revoke(List.of("g1"), LATER);
        var afterwards = at(LATER);
        assertThat(at(LATER.minusMillis(1)).isRevoked("g1")).isTrue();
        assertThat(afterwards.isRevoked("g1")).isFalse();

        afterwards.revoke(List.of("g2"), LATER.plusSeconds(420));

        assertThat(rows()).isOne();
    }

    @Test
    void stayRevokedAsLongAsTheLongestRevocationSays() {
        here.revoke(List.of("g1"), LATER);
        here.revoke(List.of("g1"), NOON.plusSeconds(1));

        assertThat(at(LATER.minusMillis(1)).isRevoked("g1")).isTrue();
    }

    @Test
    void areRevokedWithTheTransactionThatRuns() {
        database.transactions().executeWithoutResult(running -> {
            here.revoke(List.of("g1"), LATER);
            running.setRollbackOnly();
        });

        assertThat(elsewhere.isRevoked("g1")).isFalse();
    }

    @Test
    void areUnknownWhileTheDatabaseIsAway() {
        var away = new RevokedGrants(JdbcClient.create(new Away()), Clock.systemUTC(), nanos::get);

        assertThatExceptionOfType(RevocationsUnknown.class).isThrownBy(() -> away.isRevoked("g1"));
    }

    /** A database that nobody reaches. */
    static final class Away extends AbstractDataSource {

        @Override
        public java.sql.Connection getConnection() throws SQLException {
            throw new SQLException("The connection attempt failed.", "08001");
        }

        @Override
        public java.sql.Connection getConnection(String username, String password) throws SQLException {
            return getConnection();
        }
    }
}
