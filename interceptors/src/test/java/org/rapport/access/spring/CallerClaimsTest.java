package org.rapport.access.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rapport.access.Caller;
import org.rapport.access.Scope;
import org.rapport.testing.TestTokens;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;

class CallerClaimsTest {

    @Test
    void sayWhoAsks() {
        var token = TestTokens.decoder().decode(TestTokens.patient("alice"));
        assertThat(CallerClaims.caller(token))
                .isEqualTo(new Caller(
                        "alice",
                        "demo-app",
                        Set.of(Caller.Role.PATIENT),
                        Scope.parseAll("patient/*.cruds"),
                        Optional.of("Patient/alice"),
                        Optional.of("alice")));
    }

    @Test
    void giveNoRightByARoleNobodyKnows() {
        var caller = CallerClaims.caller(token(Map.of("roles", List.of("root", "SYSTEM", "care-manager"))));
        assertThat(caller.roles()).containsExactly(Caller.Role.CARE_MANAGER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sub", "client_id"})
    void areNeeded(String claim) {
        assertThatThrownBy(() -> CallerClaims.caller(token(Map.of(claim, " "))))
                .isInstanceOf(InvalidBearerTokenException.class);
    }

    private static Jwt token(Map<String, Object> changes) {
        return Jwt.withTokenValue("x")
                .header("alg", "RS256")
                .subject("somebody")
                .claim("client_id", "demo-app")
                .claims(claims -> claims.putAll(changes))
                .build();
    }
}
