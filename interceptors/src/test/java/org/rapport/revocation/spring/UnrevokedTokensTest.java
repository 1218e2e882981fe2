package org.rapport.revocation.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rapport.revocation.RevokedGrants;
import org.rapport.testing.RunningServer;
import org.rapport.testing.TestTokens;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtException;

class UnrevokedTokensTest {

    private static String tokenOf(String grant) {
        return TestTokens.signed(claims -> claims.subject("alice")
                .claim("scope", "patient/*.rs")
                .claim("roles", List.of("patient"))
                .claim("fhirUser", "Patient/alice")
                .claim("patient", "alice")
                .claim("grant_id", grant));
    }

    @Test
    void openTheServerUntilTheirGrantIsRevoked() {
        assertThat(RunningServer.get("Patient", tokenOf("living")).statusCode()).isEqualTo(200);
        RunningServer.revokedGrants().revoke(List.of("ended"), Instant.parse("2090-01-01T00:00:00Z"));

        var answer = org.awaitility.Awaitility.await()
                .atMost(java.time.Duration.ofSeconds(1))
                .until(() -> RunningServer.get("Patient", tokenOf("ended")), refused -> refused.statusCode() == 401);

        assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer error=\"invalid_token\"");
        assertThat(answer.body()).contains("\"code\":\"login\"");
        assertThat(RunningServer.get("Patient", tokenOf("living")).statusCode()).isEqualTo(200);
    }

    @Test
    void nameTheirGrant() {
        var token = TestTokens.signed(claims -> claims.subject("x").claim("grant_id", null));

        assertThat(RunningServer.get("Patient", token).statusCode()).isEqualTo(401);
    }

    @Test
    void areNeitherGoodNorBadWhileTheDatabaseIsAway() {
        var away = new RevokedGrants(JdbcClient.create(new Away()), Clock.systemUTC(), System::nanoTime);
        var tokens = new UnrevokedTokens(TestTokens.decoder(), away);

        assertThatExceptionOfType(JwtException.class)
                .isThrownBy(() -> tokens.decode(tokenOf("any")))
                .isNotInstanceOf(BadJwtException.class);
    }

    /** A database that nobody reaches. */
    static final class Away extends AbstractDataSource {

        @Override
        public Connection getConnection() throws SQLException {
            throw new SQLException("The connection attempt failed.", "08001");
        }

        @Override
        public Connection getConnection(String username, String password) throws SQLException {
            return getConnection();
        }
    }
}
