package org.rapport.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.rapport.account.Accounts;
import org.rapport.account.NewAccount;
import org.rapport.account.Role;
import org.rapport.smart.AuthorizationCodeFlow;
import org.rapport.smart.ClientAssertion;
import org.rapport.smart.ClientRegistration;
import org.rapport.smart.Clients;
import org.rapport.smart.TestServer;
import org.rapport.smart.TestWorld;

class GrantsTest {

    private static final TestServer SERVER = TestServer.shared();

    private final Grants grants = SERVER.bean(Grants.class);

    @Test
    void endForOnePersonWithAccessAndRefreshTokens() {
        var name = "granter" + System.nanoTime();
        SERVER.bean(Accounts.class)
                .createIfAbsent(new NewAccount(name, TestWorld.PASSWORD, "G", "Patient/" + name, Set.of(Role.PATIENT)));
        var app = SignedInApp.offline(SERVER, name);
        var first = app.tokens();
        var second = app.tokens();
        ResourceServer.assertTakes(SERVER, first.getString("access_token"));

        assertThat(grants.endOf(name)).isEqualTo(2);

        ResourceServer.assertRefusesWithinASecond(SERVER, first.getString("access_token"));
        ResourceServer.assertRefusesWithinASecond(SERVER, second.getString("access_token"));
        SignedInApp.assertRefusedRefresh(SERVER, second.getString("refresh_token"));
        assertThat(grants.endOf(name)).isZero();
    }

    @Test
    void endForOneApplication() {
        var client = "app" + System.nanoTime();
        SERVER.bean(Clients.class)
                .registerIfAbsent(ClientRegistration.publicClient(
                        client, "App", Set.of(TestWorld.LOOPBACK_REDIRECT), Set.of("patient/*.rs")));
        var flow =
                AuthorizationCodeFlow.at(SERVER.url()).with("client_id", client).with("scope", "patient/*.rs");
        var token = flow.redeem(flow.code(TestWorld.ALICE)).jsonPath().getString("access_token");
        ResourceServer.assertTakes(SERVER, token);

        assertThat(grants.endOfClient(client)).isOne();

        ResourceServer.assertRefusesWithinASecond(SERVER, token);
    }

    @Test
    void endForASystem() {
        var token = ClientAssertion.ask(
                        SERVER.url(), ClientAssertion.rs384(SERVER.url()).serialize(), "system/*.rs")
                .jsonPath()
                .getString("access_token");
        ResourceServer.assertTakes(SERVER, token);

        assertThat(grants.endOfClient(TestWorld.BACKEND)).isPositive();

        ResourceServer.assertRefusesWithinASecond(SERVER, token);
    }
}
