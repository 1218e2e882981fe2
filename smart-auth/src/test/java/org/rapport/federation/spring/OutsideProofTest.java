package org.rapport.federation.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.restassured.response.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rapport.audit.Agent;
import org.rapport.federation.OutsideIdentities;
import org.rapport.federation.OutsideIdentities.Identity;
import org.rapport.smart.AuthorizationCodeFlow;
import org.rapport.smart.Browser;
import org.rapport.smart.TestPeople;
import org.rapport.smart.TestServer;

/** How a provider and this server prove themselves to each other. */
class OutsideProofTest {

    private static final String SECRET = "CANARY secret: with +signs & others";

    @TempDir
    private Path folder;

    private final ProviderPeer provider = new ProviderPeer();
    private TestServer server;
    private TestPeople person;

    @BeforeEach
    void start() throws IOException {
        var file = Files.writeString(folder.resolve("secret"), SECRET + "\n");
        server = TestServer.startWith(Map.ofEntries(
                entry("rapport.federation.providers.ec.issuer", provider.issuer()),
                entry("rapport.federation.providers.ec.client-id", "rapport"),
                entry("rapport.federation.providers.ec.client-secret-file", file.toString()),
                entry("rapport.federation.providers.ec.display-name", "EC")));
        person = TestPeople.patient(server);
        server.bean(OutsideIdentities.class).link(new Identity("ec", "somebody"), person.username(), Agent.SERVER);
    }

    @AfterEach
    void stop() {
        server.close();
        provider.close();
    }

    private Response signIn(Browser browser) {
        var request = browser.open("/login/outside/ec");
        provider.expect(AuthorizationCodeFlow.answered(request, "nonce").orElseThrow());
        var state = AuthorizationCodeFlow.answered(request, "state").orElseThrow();
        return browser.open("/login/outside/ec/callback?code=x&state=" + state.replace("=", "%3D"));
    }

    @Test
    void isTakenByEs256AndGivenByTheSecretInTheFile() {
        var browser = new Browser(server.url());

        signIn(browser);

        assertThat(browser.open("/account/email").asString()).contains(person.address());
        assertThat(provider.authorization().map(OutsideProofTest::decoded))
                .hasValue("rapport:CANARY+secret%3A+with+%2Bsigns+%26+others");
    }

    private static String decoded(String header) {
        return new String(Base64.getDecoder().decode(header.substring("Basic ".length())), StandardCharsets.UTF_8);
    }

    @Test
    void isRefusedByAKeyThatTheProviderDoesNotPublish() {
        provider.signsByAnotherKey();
        var browser = new Browser(server.url());

        assertThat(signIn(browser).statusCode()).isEqualTo(403);
        assertThat(browser.open("/account/email").asString()).contains("name=\"password\"");
    }
}
