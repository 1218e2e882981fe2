package org.rapport.account.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.rapport.account.Accounts;
import org.rapport.account.NewAccount;
import org.rapport.account.Role;
import org.rapport.factor.Totp;
import org.rapport.factor.TotpFactors;
import org.rapport.factor.TotpSecret;
import org.rapport.smart.Browser;
import org.rapport.smart.HandClock;
import org.rapport.smart.HashCount;
import org.rapport.smart.TestPeople;
import org.rapport.smart.TestServer;
import org.rapport.smart.TestWorld;
import org.springframework.security.crypto.password.PasswordEncoder;

class PasswordSprayTest {

    private static final String ATTACKER = "192.0.2.66";
    private static final String OWNER = "198.51.100.7";
    private static final String SPRAYED = "Winter2026!";
    private static final int NAMES = 1_000;
    private static final int FAILURES_OF_AN_ADDRESS = 50;

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static List<Integer> spray(String address, List<String> usernames) {
        var browser = Browser.at(address, server.url());
        var page = browser.open("/login");
        return usernames.stream()
                .map(name -> browser.send(page, Map.of("username", name, "password", SPRAYED)))
                .peek(answer ->
                        assertThat(answer.header("Retry-After")).isEqualTo(answer.statusCode() == 429 ? "300" : null))
                .map(answer -> answer.statusCode())
                .toList();
    }

    private static void assertComesIn(String username, TotpSecret app, String address) {
        var browser = Browser.at(address, server.url());
        var asked = browser.send(browser.open("/login"), Map.of("username", username, "password", TestWorld.PASSWORD));
        var step = new Totp(Clock.systemUTC()).steps().get(0);
        var in = browser.send(asked, Map.of("code", Totp.code(app, step)));

        assertThat(in.asString()).contains("You are signed in as");
    }

    private static TotpSecret newClinician(String username) {
        var app = TotpSecret.random(new SecureRandom());
        server.bean(Accounts.class)
                .createIfAbsent(new NewAccount(username, TestWorld.PASSWORD, "Dr", null, Set.of(Role.CLINICIAN)));
        server.bean(TotpFactors.class).addIfNone(username, "Phone", app);
        return app;
    }

    @Test
    @DisplayName("MF-015: one password for 1,000 names is held up by its source; an owner comes in from elsewhere")
    void isHeldUpWhereItComesFrom() {
        var app = newClinician("name-77");
        int before = server.bean(HashCount.class).get();

        var statuses = spray(
                ATTACKER, IntStream.range(0, NAMES).mapToObj(i -> "name-" + i).toList());

        assertThat(statuses.subList(0, FAILURES_OF_AN_ADDRESS)).containsOnly(401);
        assertThat(statuses.subList(FAILURES_OF_AN_ADDRESS, NAMES)).containsOnly(429);
        assertThat(server.bean(HashCount.class).get() - before)
                .as("what was held was not looked at")
                .isEqualTo(FAILURES_OF_AN_ADDRESS);
        assertComesIn("name-77", app, OWNER);
    }

    @Test
    @DisplayName("MF-015: wrong passwords for one name from many places keep its owner out of none of the others")
    void locksNobodyOut() {
        var app = newClinician("wanted");
        for (int source = 1; source <= 20; source++) {
            var statuses =
                    spray("203.0.113." + source, List.of("wanted", "wanted", "wanted", "wanted", "wanted", "wanted"));
            assertThat(statuses).containsExactly(401, 401, 401, 401, 401, 429);
        }

        assertComesIn("wanted", app, OWNER);
    }

    @Test
    @DisplayName("MF-015: who goes on trying does not lengthen the time for which a place is held")
    void holdsForFiveMinutesHoweverOftenSomebodyTries() {
        var person = TestPeople.patient(server).username();
        var clock = new HandClock(Clock.systemUTC().instant());
        var check = new PasswordCheck(server.bean(Accounts.class), server.bean(PasswordEncoder.class), clock);
        for (int i = 0; i < 5; i++) {
            check.check(person, SPRAYED, ATTACKER);
        }
        for (int minute = 0; minute < 5; minute++) {
            assertThat(check.check(person, TestWorld.PASSWORD, ATTACKER).held()).isTrue();
            clock.move(Duration.ofMinutes(1));
        }

        assertThat(check.check(person, TestWorld.PASSWORD, ATTACKER).account()).isPresent();
    }
}
