package org.rapport.signing;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.rapport.audit.Agent;
import org.rapport.smart.TestServer;

class PublishedJwksTest {

    private static final Agent ADMIN = Agent.signedIn("admin", "192.0.2.1");

    @Test
    @DisplayName("OA-049: the JWKS shows old and new key and no private part")
    void arePublishedWithoutTheirPrivateParts() {
        var server = TestServer.shared();
        server.bean(SigningKeys.class).rotateNow(ADMIN);
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            var jwks = get(server.url() + "/oauth2/jwks");
            assertThat(jwks.jsonPath().getList("keys.kid")).hasSizeGreaterThanOrEqualTo(2);
            assertThat(jwks.asString())
                    .contains("\"n\":")
                    .doesNotContain("\"d\":", "\"p\":", "\"q\":", "\"dp\":", "\"dq\":", "\"qi\":", "\"k\":");
        });
    }
}
