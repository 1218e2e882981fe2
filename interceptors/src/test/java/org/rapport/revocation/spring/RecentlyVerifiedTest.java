package org.rapport.revocation.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;

class RecentlyVerifiedTest {

    private static final Instant NOON = Instant.parse("2026-11-29T12:00:00Z");

    private final List<String> computed = new ArrayList<>();

    private Jwt compute(String token) {
        computed.add(token);
        if (token.startsWith("bad")) {
            throw new BadJwtException("no");
        }
        return Jwt.withTokenValue(token)
                .header("alg", "RS256")
                .subject(token)
                .expiresAt(NOON)
                .build();
    }

    @Test
    void computesATokenThatComesAgainOnlyOnce() {
        var tokens = new RecentlyVerified(this::compute, jwt -> OAuth2TokenValidatorResult.success());

        assertThat(List.of(tokens.decode("a"), tokens.decode("b"), tokens.decode("a")))
                .extracting(Jwt::getSubject)
                .containsExactly("a", "b", "a");
        assertThat(computed).containsExactly("a", "b");
    }

    @Test
    void remembersNoTokenThatWasRefused() {
        var tokens = new RecentlyVerified(this::compute, jwt -> OAuth2TokenValidatorResult.success());

        for (int time = 0; time < 2; time++) {
            assertThatExceptionOfType(BadJwtException.class).isThrownBy(() -> tokens.decode("bad"));
        }
        assertThat(computed).containsExactly("bad", "bad");
    }

    @Test
    void refusesARememberedTokenOnceItsTimeIsOver() {
        var alive = new JwtTimestampValidator(Duration.ZERO);
        var tokens = new RecentlyVerified(this::compute, alive);
        alive.setClock(Clock.fixed(NOON.minusSeconds(1), ZoneOffset.UTC));
        tokens.decode("a");
        tokens.decode("a");
        alive.setClock(Clock.fixed(NOON.plusSeconds(1), ZoneOffset.UTC));

        assertThatExceptionOfType(JwtException.class).isThrownBy(() -> tokens.decode("a"));
        assertThat(computed).containsExactly("a");
    }
}
