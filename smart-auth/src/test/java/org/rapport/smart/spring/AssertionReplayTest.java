package org.rapport.smart.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.rapport.smart.ClientAssertion;
import org.rapport.smart.TestServer;
import org.rapport.smart.TestWorld;
import org.rapport.smart.Together;
import org.springframework.jdbc.core.simple.JdbcClient;

class AssertionReplayTest {

    private static final int ROUNDS = Boolean.getBoolean("rapport.soak") ? 200 : 20;
    private static final String SCOPE = "system/Patient.rs";
    private static final TestServer SERVER = TestServer.shared();

    @Test
    @DisplayName("OA-031: a second use of an assertion is refused, and the rule AR-07 hears of it")
    void refusesASecondUse() {
        var assertion = ClientAssertion.rs384(SERVER.url()).serialize();
        assertThat(use(SERVER, assertion)).isEqualTo(200);

        await("of a flood of refusals only some get a row each second").untilAsserted(() -> {
            assertThat(use(SERVER, assertion)).isEqualTo(401);
            assertThat(replays()).contains(TestWorld.BACKEND);
        });
    }

    @Test
    @DisplayName("OA-031: of 20 uses at once on two instances one succeeds")
    void refusesAllButOneOfManyUsesAtOnce() {
        try (var other = SERVER.another()) {
            for (int round = 0; round < ROUNDS; round++) {
                var assertion = ClientAssertion.rs384(SERVER.url()).serialize();

                var answers = Together.times(20, i -> use(i % 2 == 0 ? SERVER : other, assertion));

                assertThat(answers).containsOnly(200, 401).containsOnlyOnce(200);
            }
        }
    }

    private static int use(TestServer server, String assertion) {
        return ClientAssertion.ask(server.url(), assertion, SCOPE).statusCode();
    }

    private static List<String> replays() {
        return JdbcClient.create(SERVER.bean(DataSource.class))
                .sql("SELECT subject FROM audit_log WHERE interaction = 'token-reused'"
                        + " AND resource_id = ? AND query = 'assertion'")
                .param(TestWorld.BACKEND)
                .query(String.class)
                .list();
    }
}
