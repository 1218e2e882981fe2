package org.rapport.smart.spring;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.text.ParseException;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rapport.access.PublicOrigin;
import org.rapport.smart.ServerMetadata;
import org.rapport.smart.TestServer;

class ServerMetadataTest {

    private static final String SMART = "/fhir/.well-known/smart-configuration";
    private static final String OPENID = "/.well-known/openid-configuration";
    private static final String OAUTH = "/.well-known/oauth-authorization-server";
    private static final String JWKS = "/oauth2/jwks";
    private static final TestServer SERVER = TestServer.shared();

    @ParameterizedTest
    @ValueSource(strings = {OPENID, OAUTH, SMART})
    @DisplayName("OA-057: the issuer is constant, whatever host the request names")
    void namesOnlyWhatThereIs(String path) {
        var document = given().header("Host", "evil.example.org")
                .header("X-Forwarded-Host", "evil.example.org")
                .get(SERVER.url() + path)
                .jsonPath();

        assertThat(document.getString("issuer")).isEqualTo(SERVER.url());
        assertThat(document.getString("token_endpoint")).isEqualTo(SERVER.url() + "/oauth2/token");
        assertThat(document.getList("code_challenge_methods_supported")).isEqualTo(List.of("S256"));
        assertThat(document.getList("grant_types_supported"))
                .isEqualTo(List.of(
                        "authorization_code",
                        "client_credentials",
                        "refresh_token",
                        "urn:ietf:params:oauth:grant-type:token-exchange"));
        assertThat(document.getMap("").keySet())
                .doesNotContainAnyElementsOf(List.of(
                        "device_authorization_endpoint",
                        "userinfo_endpoint",
                        "tls_client_certificate_bound_access_tokens",
                        "dpop_signing_alg_values_supported"));
    }

    @Test
    void tellsAppsAllThatSmartWantsThemToKnow() {
        var document = given().get(SERVER.url() + SMART).jsonPath();

        assertThat(document.getMap("").keySet())
                .contains(
                        "issuer",
                        "jwks_uri",
                        "authorization_endpoint",
                        "token_endpoint",
                        "grant_types_supported",
                        "scopes_supported",
                        "response_types_supported",
                        "management_endpoint",
                        "introspection_endpoint",
                        "revocation_endpoint",
                        "code_challenge_methods_supported",
                        "capabilities");
        assertThat(document.getList("capabilities", String.class))
                .contains("launch-ehr", "launch-standalone", "context-ehr-patient", "context-ehr-encounter")
                .contains("context-banner", "context-style", "context-standalone-patient", "authorize-post")
                .doesNotContain("context-standalone-encounter")
                .doesNotHaveDuplicates();
        assertThat(document.getList("scopes_supported", String.class)).contains("launch", "launch/patient");
    }

    @Test
    void namesTheRegistrationWhereItIsOpen() {
        var origin = new PublicOrigin("https://fhir.example.org");

        assertThat(new ServerMetadata(origin, true).smartConfiguration())
                .containsEntry("registration_endpoint", "https://fhir.example.org/oauth2/register");
        assertThat(new ServerMetadata(origin, false).smartConfiguration()).doesNotContainKey("registration_endpoint");
    }

    @Test
    void saysThatRequestObjectsAreNotTaken() {
        var document = given().get(SERVER.url() + OPENID).jsonPath();

        assertThat(document.getBoolean("request_parameter_supported")).isFalse();
        assertThat(document.getBoolean("request_uri_parameter_supported")).isFalse();
    }

    @Test
    void tellsWhereToSignOut() {
        assertThat(given().get(SERVER.url() + OPENID).jsonPath().getString("end_session_endpoint"))
                .isEqualTo(SERVER.url() + "/connect/logout");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/connect/register",
                "/userinfo",
                "/oauth2/device_authorization",
                "/oauth2/device_verification",
                "/oauth2/par"
            })
    void leavesTheRestUnanswered(String path) {
        assertThat(given().redirects().follow(false).get(SERVER.url() + path).statusCode())
                .isEqualTo(404);
        assertThat(given().redirects().follow(false).post(SERVER.url() + path).statusCode())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {OPENID, OAUTH, SMART, JWKS})
    void mayBeReadByScriptsOfAnySiteWithoutCredentials(String path) {
        var answer = given().header("Origin", "https://any.example.org").get(SERVER.url() + path);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(answer.header("Access-Control-Allow-Credentials")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/login", "/oauth2/token", "/oauth2/introspect"})
    void opensNothingElseToThem(String path) {
        var answer = given().header("Origin", "https://any.example.org").post(SERVER.url() + path);

        assertThat(answer.header("Access-Control-Allow-Origin")).isNull();
    }

    @Test
    void showsPublicKeysOnly() throws ParseException {
        var keys = JWKSet.parse(given().get(SERVER.url() + JWKS).asString());

        assertThat(keys.getKeys()).isNotEmpty().noneMatch(JWK::isPrivate);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/oauth2/token", "/oauth2/introspect", "/oauth2/revoke"})
    void saysInvalidClientToSomebodyUnknown(String path) {
        var answer = given().formParam("grant_type", "client_credentials")
                .formParam("token", "x")
                .post(SERVER.url() + path);

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.asString()).isEqualTo("{\"error\":\"invalid_client\"}");
    }
}
