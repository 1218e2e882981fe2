package org.rapport.session;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.rapport.smart.TestServer;

/** Asks the FHIR side of an instance whether it still takes an access token. */
public final class ResourceServer {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private ResourceServer() {}

    /** The FHIR side's status: 401 for a token that counts no more, 404 for one that does, as nothing is behind it here. */
    public static int status(TestServer server, String accessToken) {
        return given().header("Authorization", "Bearer " + accessToken)
                .get(server.url() + "/fhir/Patient/x")
                .statusCode();
    }

    /** The token opens the FHIR side. */
    public static void assertTakes(TestServer server, String accessToken) {
        assertThat(status(server, accessToken)).isEqualTo(404);
    }

    /** The FHIR side answers A401 within a second from now. */
    public static void assertRefusesWithinASecond(TestServer server, String accessToken) {
        Awaitility.await()
                .atMost(SECOND)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> status(server, accessToken) == 401);
        var answer = given().header("Authorization", "Bearer " + accessToken).get(server.url() + "/fhir/Patient/x");
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer error=\"invalid_token\"");
        assertThat(answer.header("Cache-Control")).contains("no-store");
        assertThat(answer.jsonPath().getString("issue[0].code")).isEqualTo("login");
    }
}
