package org.rapport.federation.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rapport.audit.Agent;
import org.rapport.federation.OutsideIdentities;
import org.rapport.federation.OutsideIdentities.Identity;
import org.rapport.smart.AuthorizationCodeFlow;
import org.rapport.smart.Browser;
import org.rapport.smart.ClientRegistration;
import org.rapport.smart.Clients;
import org.rapport.smart.LogLines;
import org.rapport.smart.TestPeople;
import org.rapport.smart.TestServer;
import org.rapport.smart.TestWorld;

/** The outside provider is another server of ours; both write to one log. */
class OutsideSecretsInLogsTest {

    private static final TestServer PROVIDER = TestServer.shared();
    private static final String SECRET = "CANARY-secret-of-the-provider-0123";

    @TempDir
    private Path folder;

    private Map<String, Object> settings(String clientId) throws IOException {
        var file = Files.writeString(folder.resolve("secret"), SECRET + "\n");
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("rapport.federation.providers.home.issuer", PROVIDER.url());
        settings.put("rapport.federation.providers.home.client-id", clientId);
        settings.put("rapport.federation.providers.home.client-secret-file", file.toString());
        settings.put("rapport.federation.providers.home.display-name", "Home");
        return settings;
    }

    private static void register(String clientId, String server) {
        PROVIDER.bean(Clients.class)
                .registerIfAbsent(ClientRegistration.confidentialClient(
                        clientId,
                        "Rapport elsewhere",
                        SECRET,
                        Set.of(server + "/login/outside/home/callback"),
                        Set.of("openid")));
    }

    @Test
    void areNeverWrittenAtAnyLevel() throws IOException {
        var clientId = "with-secret";
        try (var server = TestServer.startWith(settings(clientId))) {
            register(clientId, server.url());
            var person = TestPeople.patient(server);
            var there = TestPeople.patient(PROVIDER);
            server.bean(OutsideIdentities.class)
                    .link(new Identity("home", there.username()), person.username(), Agent.SERVER);
            List<String> secrets = new ArrayList<>(List.of(SECRET, "CANARY"));

            try (var lines = LogLines.all()) {
                var here = new Browser(server.url());
                var outside = new Browser(PROVIDER.url());
                var request = here.open("/login/outside/home").header("Location");
                var page = outside.open(request);
                page = outside.send(page, Map.of("username", there.username(), "password", TestWorld.PASSWORD));
                page = page.asString().contains("name=\"deny\"") ? outside.send(page, Map.of()) : page;
                secrets.add(AuthorizationCodeFlow.answered(page, "code").orElseThrow());
                here.open(page.header("Location"));

                assertThat(here.open("/account/email").asString()).contains(person.address());
                secrets.add(here.session());
                secrets.add(outside.session());
                lines.holdNone(secrets);
            }
        }
    }
}
