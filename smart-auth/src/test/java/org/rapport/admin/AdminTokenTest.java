package org.rapport.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.rapport.admin.AdminToken.Verdict;

class AdminTokenTest {

    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");

    private static AdminToken token(Set<String> roles, Set<String> scopes, Set<String> methods, long secondsAgo) {
        return new AdminToken(roles, scopes, methods, Optional.of(NOW.minusSeconds(secondsAgo)));
    }

    @Test
    void opensToAnAdministratorWithAFreshFactor() {
        var token = token(Set.of("admin"), Set.of(AdminToken.SCOPE), Set.of("pwd", "otp"), 300);

        assertThat(token.judge(true, NOW)).isEqualTo(Verdict.PERMITTED);
    }

    @Test
    void letsLookButNotChangeWithAnOldFactor() {
        var token = token(Set.of("admin"), Set.of(AdminToken.SCOPE), Set.of("pwd", "otp"), 301);

        assertThat(token.judge(true, NOW)).isEqualTo(Verdict.STALE);
        assertThat(token.judge(false, NOW)).isEqualTo(Verdict.PERMITTED);
    }

    @Test
    void needsMoreThanAPasswordForAChange() {
        assertThat(token(Set.of("admin"), Set.of(AdminToken.SCOPE), Set.of("pwd"), 1)
                        .judge(true, NOW))
                .isEqualTo(Verdict.STALE);
        assertThat(new AdminToken(List.of("admin"), List.of(AdminToken.SCOPE), List.of("otp"), Optional.empty())
                        .judge(true, NOW))
                .isEqualTo(Verdict.STALE);
    }

    @Test
    void isClosedToOtherRolesAndOtherScopes() {
        assertThat(token(Set.of("clinician"), Set.of(AdminToken.SCOPE), Set.of("otp"), 1)
                        .judge(false, NOW))
                .isEqualTo(Verdict.NO_ADMINISTRATOR);
        assertThat(token(Set.of("admin"), Set.of("user/*.cruds"), Set.of("otp"), 1)
                        .judge(false, NOW))
                .isEqualTo(Verdict.NO_SCOPE);
    }
}
