package org.rapport.factor.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.rapport.account.Role;
import org.rapport.audit.SecurityEvent;
import org.rapport.factor.FactorCheck;
import org.rapport.factor.FactorCheck.Attempt;
import org.rapport.factor.FactorCheck.Outcome;
import org.rapport.smart.TestServer;
import org.rapport.smart.Together;

class FactorRaceTest {

    private static final TestServer SERVER = TestServer.shared();
    private static final TestServer OTHER = SERVER.another();
    private static final int ROUNDS = Boolean.getBoolean("rapport.soak") ? 200 : 20;
    private static final AtomicInteger ADDRESSES = new AtomicInteger();

    @AfterAll
    static void stop() {
        OTHER.close();
    }

    @Test
    @DisplayName("MF-007: of 20 uses of one code on two instances one succeeds")
    void takesACodeOnce() {
        for (int round = 0; round < ROUNDS; round++) {
            var person = FactorTestPerson.with(SERVER, Role.CLINICIAN).withApp();
            var code = person.code(0);
            oneOf20((check, attempt) -> check.app(attempt, code), person.username());
        }
    }

    @Test
    @DisplayName("MF-009: of 20 uses of one recovery code on two instances one succeeds, and no later one")
    void takesARecoveryCodeOnce() {
        for (int round = 0; round < ROUNDS; round++) {
            var person = FactorTestPerson.with(SERVER, Role.CLINICIAN).withApp();
            var code = person.withRecoveryCodes().get(0);
            oneOf20((check, attempt) -> check.recoveryCode(attempt, code), person.username());

            assertThat(OTHER.bean(FactorCheck.class).recoveryCode(attempt(person.username()), code))
                    .isEqualTo(Outcome.REFUSED);
        }
    }

    private static void oneOf20(BiFunction<FactorCheck, Attempt, Outcome> use, String username) {
        var checks = List.of(SERVER.bean(FactorCheck.class), OTHER.bean(FactorCheck.class));

        var outcomes = Together.times(20, number -> use.apply(checks.get(number % 2), attempt(username)));

        assertThat(outcomes).filteredOn(outcome -> outcome == Outcome.ACCEPTED).hasSize(1);
        assertThat(outcomes).filteredOn(outcome -> outcome == Outcome.REFUSED).hasSize(19);
    }

    /** Each from another address, so that none is held up for the failures of the others. */
    private static Attempt attempt(String username) {
        int address = ADDRESSES.getAndIncrement();
        return new Attempt(username, "10.7." + address / 250 + "." + address % 250, SecurityEvent.Kind.SIGN_IN);
    }
}
