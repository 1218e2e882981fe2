package org.rapport.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.rapport.access.Caller;
import org.rapport.access.Caller.Role;
import org.rapport.testing.MovedClock;

class RequestCountTest {

    private final RequestCount count =
            new RequestCount(new RequestRates(2, 3, 4, 5), new MovedClock(Instant.parse("2026-11-29T12:00:00Z")));

    @Test
    void refusesOneUserWhateverTheApp() {
        assertThat(count.of(person("anna", "one"))).isEmpty();
        assertThat(count.of(person("anna", "two"))).isEmpty();
        assertThat(count.of(person("anna", "three"))).isPresent();
        assertThat(count.of(person("boris", "three"))).isEmpty();
    }

    @Test
    void refusesOneAppWhoeverUsesIt() {
        assertThat(count.of(person("anna", "app"))).isEmpty();
        assertThat(count.of(person("boris", "app"))).isEmpty();
        assertThat(count.of(person("clara", "app"))).isEmpty();
        assertThat(count.of(person("dora", "app"))).isPresent();
    }

    @Test
    void givesASystemARateOfItsOwn() {
        for (int request = 0; request < 4; request++) {
            assertThat(count.of(system("engine"))).isEmpty();
        }
        assertThat(count.of(system("engine"))).isPresent();
        assertThat(count.of(system("other"))).isEmpty();
    }

    @Test
    void refusesOneAddress() {
        for (int request = 0; request < 5; request++) {
            assertThat(count.from("192.0.2.1")).isEmpty();
        }
        assertThat(count.from("192.0.2.1")).isPresent();
        assertThat(count.from("192.0.2.2")).isEmpty();
    }

    @Test
    void takesANetworkOfIpv6ForOneAddress() {
        for (int request = 0; request < 5; request++) {
            assertThat(count.from("2001:db8:0:1:0:0:0:" + request)).isEmpty();
        }
        assertThat(count.from("2001:db8:0:1:ffff:0:0:1")).isPresent();
        assertThat(count.from("2001:db8:0:2:0:0:0:1")).isEmpty();
    }

    private static Caller person(String name, String app) {
        return new Caller(name, app, Set.of(Role.CLINICIAN), List.of(), Optional.empty(), Optional.empty());
    }

    private static Caller system(String client) {
        return new Caller(client, client, Set.of(Role.SYSTEM), List.of(), Optional.empty(), Optional.empty());
    }
}
