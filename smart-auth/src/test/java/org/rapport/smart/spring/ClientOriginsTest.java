package org.rapport.smart.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.rapport.audit.Agent;
import org.rapport.smart.ClientAdministration;
import org.rapport.smart.ClientDetails;
import org.rapport.smart.ClientOrigins;
import org.rapport.smart.ClientRegistration;
import org.rapport.smart.HandClock;
import org.rapport.smart.TestServer;
import org.rapport.smart.TestWorld;
import org.springframework.jdbc.core.simple.JdbcClient;

class ClientOriginsTest {

    private static final TestServer SERVER = TestServer.shared();
    private static final Agent ADMIN = Agent.signedIn("admin", "192.0.2.1");

    private final HandClock hand = new HandClock(Instant.parse("2026-03-01T08:00:00Z"));
    private final ClientOrigins origins = new ClientOrigins(JdbcClient.create(SERVER.bean(DataSource.class)), hand);
    private final String host = UUID.randomUUID() + ".example.org";

    private void register(String clientId) {
        SERVER.bean(ClientAdministration.class)
                .register(
                        ClientRegistration.confidentialClient(
                                        clientId,
                                        "Origins",
                                        TestWorld.WEB_SECRET,
                                        Set.of("https://" + host + "/callback", "https://" + host + ":8443/callback"),
                                        Set.of("openid"))
                                .with(new ClientDetails(false, Set.of("https://pages." + host), null, List.of())),
                        ADMIN);
    }

    @Test
    void areThoseOfRedirectUrisAndThoseNamedBesides() {
        register("origins-" + host);

        assertThat(List.of("https://" + host, "https://" + host + ":8443", "https://pages." + host))
                .allMatch(origins::isRegistered);
        assertThat(List.of("http://" + host, "https://" + host + ":444", "https://other." + host, "null", ""))
                .noneMatch(origins::isRegistered);
    }

    @Test
    void areOnLoopbackAtAnyPortOfAPublicClient() {
        assertThat(origins.isRegistered("http://127.0.0.1:45678")).isTrue();
        assertThat(origins.isRegistered("http://localhost:45678")).isFalse();
        assertThat(origins.isRegistered("http://127.0.0.1.example.org")).isFalse();
        assertThat(origins.isRegistered("https://127.0.0.1:45678")).isFalse();
    }

    @Test
    void endWithTheirClientFiveSecondsLater() {
        register("origins-" + host);
        assertThat(origins.isRegistered("https://" + host)).isTrue();
        SERVER.bean(ClientAdministration.class).disable("origins-" + host, ADMIN);

        hand.move(Duration.ofSeconds(5));

        assertThat(origins.isRegistered("https://" + host)).isFalse();
    }
}
