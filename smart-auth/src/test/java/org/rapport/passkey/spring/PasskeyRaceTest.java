package org.rapport.passkey.spring;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpSession;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.rapport.smart.TestPeople;
import org.rapport.smart.TestServer;
import org.rapport.smart.Together;
import org.springframework.mock.web.MockHttpSession;

class PasskeyRaceTest {

    private static final int ROUNDS = Boolean.getBoolean("rapport.soak") ? 200 : 20;
    private static final int USES = 20;

    private static final TestServer HERE = TestServer.sharedWithName();
    private static final TestServer THERE = HERE.another();

    @AfterAll
    static void stop() {
        THERE.close();
    }

    /** As each request of a session sees it that was loaded from the database. */
    private static HttpSession copy(HttpSession session) {
        var copy = new MockHttpSession();
        Collections.list(session.getAttributeNames())
                .forEach(name -> copy.setAttribute(name, session.getAttribute(name)));
        return copy;
    }

    @Test
    @DisplayName("Of 20 uses of one assertion on two instances one succeeds, and no later one")
    void takesAnAssertionOnce() {
        var person = TestPeople.patient(HERE);
        var authenticator = new TestAuthenticator(HERE.origin());
        var passkeys = List.of(HERE.bean(Passkeys.class), THERE.bean(Passkeys.class));
        var making = new MockHttpSession();
        var made = authenticator.create(passkeys.get(0).creation(making, person.username()));
        assertThat(passkeys.get(0).register(making, person.username(), "Key", made))
                .isTrue();

        for (int round = 0; round < ROUNDS; round++) {
            var session = new MockHttpSession();
            var assertion = authenticator.use(passkeys.get(round % 2).request(session, Optional.empty()));
            var owners = Together.times(USES, i -> passkeys.get(i % 2).owner(copy(session), assertion));

            assertThat(owners.stream().flatMap(Optional::stream)).containsExactly(person.username());
            assertThat(passkeys.get(1).owner(copy(session), assertion)).isEmpty();
        }
    }

    @Test
    @DisplayName("Of 20 uses of one attestation on two instances one makes a passkey")
    void keepsAPasskeyOnce() {
        var person = TestPeople.patient(HERE);
        var passkeys = List.of(HERE.bean(Passkeys.class), THERE.bean(Passkeys.class));
        for (int round = 0; round < ROUNDS; round++) {
            var session = new MockHttpSession();
            var made = new TestAuthenticator(HERE.origin())
                    .create(passkeys.get(round % 2).creation(session, person.username()));

            var kept = Together.times(
                    USES, i -> passkeys.get(i % 2).register(copy(session), person.username(), "Key", made));

            assertThat(kept.stream().filter(Boolean::booleanValue)).hasSize(1);
        }
    }
}
