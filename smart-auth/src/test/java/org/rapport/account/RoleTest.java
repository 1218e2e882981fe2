package org.rapport.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.rapport.access.Caller;

class RoleTest {

    @ParameterizedTest
    @EnumSource
    void isUnderstoodByTheAccessDecision(Role role) {
        assertThat(Caller.Role.ofClaim(role.code())).isPresent();
    }

    @Test
    void isNeverTheSystem() {
        assertThat(Role.ofCode(Caller.Role.SYSTEM.claim())).isEmpty();
    }
}
