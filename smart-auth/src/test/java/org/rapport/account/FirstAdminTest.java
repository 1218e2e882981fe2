package org.rapport.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.rapport.smart.Browser;
import org.rapport.smart.TestServer;
import org.rapport.smart.TestWorld;
import org.rapport.smart.Together;

class FirstAdminTest {

    private static TestServer server;

    @BeforeAll
    static void startEmpty() {
        server = TestServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void isMadeOnceWithACodeThatWorksOnce() {
        var firstAdmin = server.bean(FirstAdmin.class);
        var code = firstAdmin.newCode().orElseThrow();
        var browser = new Browser(server.url());
        var form = browser.open("/setup");

        var wrong = browser.send(form, fields("AAAAA-AAAAA-AAAAA-AAAAA", TestWorld.PASSWORD));
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(wrong.asString()).contains("The code is wrong");
        var weak = browser.send(form, fields(code, "short"));
        assertThat(weak.asString()).contains("A password has 12 to 128 characters");

        var attempts = Together.times(8, i -> firstAdmin.create(code, "root-" + i, TestWorld.PASSWORD, "Root"));

        assertThat(attempts).containsOnlyOnce(true);
        assertThat(firstAdmin.newCode()).isEmpty();
        assertThat(browser.open("/setup").statusCode()).isEqualTo(404);
        assertThat(browser.send(form, fields(code, TestWorld.PASSWORD)).statusCode())
                .isEqualTo(404);
        var winner = "root-" + attempts.indexOf(true);
        assertThat(server.bean(Accounts.class).find(winner).orElseThrow().roles())
                .containsExactly(Role.ADMIN);
        var next = browser.send(browser.open("/login"), Map.of("username", winner, "password", TestWorld.PASSWORD));
        assertThat(next.asString()).contains("action=\"/login/enrol\"");
    }

    private static Map<String, String> fields(String code, String password) {
        return Map.of("code", code, "username", "root", "name", "Root", "password", password, "repeated", password);
    }
}
