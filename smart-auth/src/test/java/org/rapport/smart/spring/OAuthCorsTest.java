package org.rapport.smart.spring;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rapport.smart.TestServer;

/** What scripts of other sites may call of the authorization server. */
class OAuthCorsTest {

    private static final TestServer SERVER = TestServer.shared();
    private static final String ALLOWED = "Access-Control-Allow-Origin";
    private static final String APP = "https://app.example.org";

    @ParameterizedTest
    @ValueSource(strings = {"/oauth2/token", "/oauth2/revoke", "/oauth2/introspect"})
    void letARegisteredAppAsk(String path) {
        for (var answer : new Response[] {preflight(path, APP), post(path, APP)}) {
            assertThat(answer.getHeaders().getValues(ALLOWED)).containsExactly(APP);
            assertThat(answer.header("Access-Control-Allow-Credentials")).isNull();
        }
        assertThat(preflight(path, APP).statusCode()).isEqualTo(200);
        assertThat(post(path, APP).statusCode()).isIn(400, 401);
    }

    @ParameterizedTest
    @DisplayName("ER-011: an origin where no app is registered")
    @ValueSource(strings = {"https://evil", "null", "https://app.example.org.evil", "https://x.app.example.org", "*"})
    void openNothingToAStranger(String origin) {
        for (var path : new String[] {"/oauth2/token", "/oauth2/revoke", "/oauth2/introspect", "/oauth2/register"}) {
            assertThat(preflight(path, origin).header(ALLOWED)).isNull();
            assertThat(post(path, origin).header(ALLOWED)).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/oauth2/authorize", "/login", "/account", "/oauth2/consent"})
    void openNoPageToAnybody(String path) {
        assertThat(preflight(path, APP).header(ALLOWED)).isNull();
        assertThat(given().redirects()
                        .follow(false)
                        .header("Origin", APP)
                        .get(SERVER.url() + path)
                        .header(ALLOWED))
                .isNull();
    }

    @Test
    void letAnySiteReadTheKeys() {
        var answer = given().header("Origin", "https://evil").get(SERVER.url() + "/oauth2/jwks");
        assertThat(answer.getHeaders().getValues(ALLOWED)).containsExactly("*");
        assertThat(answer.header("Access-Control-Allow-Credentials")).isNull();
    }

    @Test
    void coverTheFhirBaseToo() {
        var answer = given().header("Origin", APP).get(SERVER.url() + "/fhir/Patient");
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.getHeaders().getValues(ALLOWED)).containsExactly(APP);
    }

    private static Response preflight(String path, String origin) {
        return given().header("Origin", origin)
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "authorization,content-type")
                .redirects()
                .follow(false)
                .options(SERVER.url() + path);
    }

    private static Response post(String path, String origin) {
        return given().header("Origin", origin)
                .formParam("grant_type", "authorization_code")
                .redirects()
                .follow(false)
                .post(SERVER.url() + path);
    }
}
