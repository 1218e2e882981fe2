package org.rapport.product;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.rapport.harness.DemoCredentials;
import org.rapport.harness.Harness;
import org.rapport.harness.Server;
import org.rapport.server.cli.PersonToken;

class RevocationIT {

    @RegisterExtension
    final Harness harness = new Harness();

    private static int status(Server server, String token) {
        return server.sessionWith(() -> token).get("Patient/bob").statusCode();
    }

    private static PageVisit signedIn(Server server) {
        var person = DemoCredentials.of(server.plan().dataDirectory()).user("bob");
        var visit = new PageVisit(server.origin());
        var page = visit.get("/login");
        visit.post(
                "/login",
                Map.of(
                        "_csrf", PageVisit.formToken(page),
                        "username", "bob",
                        "password", person.path("password").asText()));
        assertThat(isSignedIn(visit)).isTrue();
        return visit;
    }

    private static boolean isSignedIn(PageVisit visit) {
        HttpResponse<String> account = visit.get("/account");
        return account.statusCode() == 200 && account.body().contains("/account/password");
    }

    private static void endEverythingOfBob(Server server) {
        var admin = new PersonToken(server.plan().dataDirectory(), "admin", "demo-app", "openid rapport/admin").get();
        var ended = new PageVisit(server.origin()).send("DELETE", "/admin/api/people/bob/sessions", admin);
        assertThat(ended.statusCode()).as(ended.body()).isEqualTo(204);
    }

    @Test
    @DisplayName("MF-023: what was revoked stays revoked when the process is killed at once and started again")
    void outlivesAKill() {
        var server = harness.server("a").start();
        var browser = signedIn(server);
        var token = new PersonToken(server.plan().dataDirectory(), "bob", "demo-app").get();
        assertThat(status(server, token)).isEqualTo(200);

        endEverythingOfBob(server);
        server.kill();
        server.start();

        assertThat(status(server, token)).isEqualTo(401);
        assertThat(isSignedIn(browser)).isFalse();

        server.killWithDatabase();
        server.start();
        assertThat(status(server, token)).isEqualTo(401);
        assertThat(isSignedIn(browser)).isFalse();
    }
}
