package org.rapport.launch.spring;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rapport.smart.AuthorizationCodeFlow;
import org.rapport.smart.Browser;
import org.rapport.smart.ClientAssertion;
import org.rapport.smart.TestServer;
import org.rapport.smart.TestWorld;
import org.rapport.smart.TokenHash;
import org.springframework.jdbc.core.simple.JdbcClient;

class EhrLaunchTest {

    private static final TestServer SERVER = TestServer.shared();
    private static final JdbcClient DATABASE = JdbcClient.create(SERVER.bean(DataSource.class));

    private static EhrSession ehr;

    @BeforeAll
    static void signIn() {
        ehr = EhrSession.of(SERVER, TestWorld.DOCTOR);
    }

    private static AuthorizationCodeFlow request(String launch) {
        return AuthorizationCodeFlow.at(SERVER.url())
                .with("scope", "openid fhirUser launch patient/*.rs offline_access")
                .with("launch", launch);
    }

    private static void assertRefused(Response answer, int status, String error) {
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(status);
        assertThat(answer.jsonPath().getString("error")).isEqualTo(error);
        assertThat(answer.header("Cache-Control")).contains("no-store");
        assertThat(answer.asString()).doesNotContain("bob", "Exception");
    }

    @Nested
    class Opens {

        @Test
        void anApplicationWithWhatTheEhrSays() {
            var opened = ehr.open(Map.of(
                            "encounter", "alice-e1",
                            "appointment", "alice-a1",
                            "intent", "order-review",
                            "need_patient_banner", false))
                    .jsonPath();
            var flow = request(opened.getString("launch"));
            var tokens = flow.redeem(flow.code(TestWorld.DOCTOR)).jsonPath();

            assertThat(opened.getInt("expires_in")).isEqualTo(300);
            assertThat(opened.getString("iss")).isEqualTo(SERVER.url() + "/fhir");
            assertThat(opened.getString("launch_parameters"))
                    .startsWith("iss=http%3A%2F%2F127.0.0.1%3A")
                    .endsWith("%2Ffhir&launch=" + opened.getString("launch"));
            assertContext(tokens.getMap("$"));
        }

        @Test
        void anApplicationThatKeepsTheContextWhenItRefreshesAndIsIntrospected() {
            var launch = ehr.open(Map.of(
                            "encounter", "alice-e1",
                            "appointment", "alice-a1",
                            "intent", "order-review",
                            "need_patient_banner", false))
                    .jsonPath()
                    .getString("launch");
            var flow = request(launch);
            var first = flow.redeem(flow.code(TestWorld.DOCTOR)).jsonPath();
            var second = given().formParam("grant_type", "refresh_token")
                    .formParam("refresh_token", first.getString("refresh_token"))
                    .formParam("client_id", TestWorld.PUBLIC_APP)
                    .post(SERVER.url() + "/oauth2/token")
                    .jsonPath();
            var introspection = given().auth()
                    .preemptive()
                    .basic(TestWorld.WEB_APP, TestWorld.WEB_SECRET)
                    .formParam("token", second.getString("access_token"))
                    .post(SERVER.url() + "/oauth2/introspect")
                    .jsonPath();

            assertContext(second.getMap("$"));
            assertContext(introspection.getMap("$"));
            assertThat(introspection.getBoolean("active")).isTrue();
            assertThat(introspection.getString("fhirUser")).isEqualTo(SERVER.url() + "/fhir/Practitioner/dr-adams");
            assertThat(introspection.getString("client_id")).isEqualTo(TestWorld.PUBLIC_APP);
            assertThat(introspection.getString("sub")).isEqualTo(TestWorld.DOCTOR);
            assertThat(introspection.getString("iss")).isEqualTo(SERVER.url());
            assertThat(introspection.getString("scope").split(" ")).contains("launch", "patient/*.rs");
            assertThat(introspection.getLong("exp")).isPositive();
        }

        private void assertContext(Map<Object, Object> answer) {
            assertThat(answer)
                    .containsEntry("patient", "alice")
                    .containsEntry("encounter", "alice-e1")
                    .containsEntry("intent", "order-review")
                    .containsEntry("need_patient_banner", false)
                    .containsEntry("smart_style_url", SERVER.url() + "/smart-style.json")
                    .containsEntry("fhirContext", List.of(Map.of("reference", "Appointment/alice-a1")));
        }

        @Test
        void withTheNameOfThePatientHoweverManyThereAre() {
            var busy = EhrSession.of(SERVER, TestWorld.BUSY_DOCTOR);
            var launch = busy.open(Map.of("patient", "p55")).jsonPath().getString("launch");

            var page = request(launch).ask(new Browser(SERVER.url()), TestWorld.BUSY_DOCTOR);

            assertThat(page.asString()).contains("Patient Number55");
        }

        @Test
        void onlyByAHashInTheDatabase() {
            var launch = ehr.launch();
            var stored = DATABASE.sql("SELECT string_agg(l::text, ' ') FROM launch l")
                    .query(String.class)
                    .single();

            assertThat(stored).contains(TokenHash.of(launch)).doesNotContain(launch);
        }

        @Test
        void andWritesItDown() {
            var before = audited("launch-created");
            ehr.launch();
            ehr.open(Map.of("patient", "bob"));

            assertThat(audited("launch-created")).isEqualTo(before + 2);
        }

        private int audited(String kind) {
            return DATABASE.sql("SELECT count(*) FROM audit_log a WHERE a::text LIKE '%' || ? || '%'")
                    .param(kind)
                    .query(Integer.class)
                    .single();
        }
    }

    @Nested
    class RefusesTheEhr {

        @Test
        void withoutAToken() {
            var answer = given().contentType("application/json").body("{}").post(SERVER.url() + "/launch/ehr");

            assertRefused(answer, 401, "invalid_token");
            assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer error=\"invalid_token\"");
        }

        @Test
        void withATokenOfAnotherApplication() {
            var flow = AuthorizationCodeFlow.at(SERVER.url()).with("scope", "openid user/*.rs");
            var token = flow.redeem(flow.code(TestWorld.DOCTOR)).jsonPath().getString("access_token");

            assertRefused(
                    post(token, Map.of("client_id", TestWorld.PUBLIC_APP, "patient", "alice")),
                    403,
                    "unauthorized_client");
        }

        @Test
        void withATokenThatNobodyIsBehind() {
            var token = ClientAssertion.rs384(SERVER.url())
                    .ask("system/*.rs")
                    .jsonPath()
                    .getString("access_token");

            assertRefused(
                    post(token, Map.of("client_id", TestWorld.PUBLIC_APP, "patient", "alice")),
                    403,
                    "unauthorized_client");
        }

        @Test
        void forAPatientTheUserCannotOpenOrWhoIsNotThere() {
            assertRefused(ehr.open(Map.of("patient", "bob")), 403, "access_denied");
            assertRefused(ehr.open(Map.of("patient", "nobody")), 403, "access_denied");
        }

        @Test
        void forAVisitOfSomebodyElse() {
            assertRefused(ehr.open(Map.of("encounter", "carol-e1")), 403, "access_denied");
            assertRefused(ehr.open(Map.of("appointment", "carol-a1")), 403, "access_denied");
        }

        @ParameterizedTest
        @ValueSource(strings = {"nobody", TestWorld.BACKEND, TestWorld.EHR})
        void forAnApplicationThatCannotBeOpened(String clientId) {
            assertRefused(ehr.open(Map.of("client_id", clientId)), 400, "invalid_request");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "[]", "null", "{", "{\"patient\":\"alice\"}", "{} {}"})
        void whenTheBodyIsNoRequest(String body) {
            var answer = given().auth()
                    .preemptive()
                    .oauth2(EhrSession.ehrToken(SERVER, TestWorld.DOCTOR))
                    .contentType("application/json")
                    .body(body)
                    .post(SERVER.url() + "/launch/ehr");

            assertRefused(answer, 400, "invalid_request");
        }

        @Test
        void whenAFormPretendsToBeARequest() {
            var answer = given().auth()
                    .preemptive()
                    .oauth2(EhrSession.ehrToken(SERVER, TestWorld.DOCTOR))
                    .contentType("text/plain")
                    .body("{\"client_id\":\"demo-app\",\"patient\":\"alice\"}")
                    .post(SERVER.url() + "/launch/ehr");

            assertRefused(answer, 415, "invalid_request");
        }

        private Response post(String token, Map<String, String> body) {
            return given().auth()
                    .preemptive()
                    .oauth2(token)
                    .contentType("application/json")
                    .body(body)
                    .post(SERVER.url() + "/launch/ehr");
        }
    }

    @Test
    void showsHowItsPagesLook() {
        var style = given().header("Origin", "https://app.example.org").get(SERVER.url() + "/smart-style.json");

        assertThat(style.statusCode()).isEqualTo(200);
        assertThat(style.header("Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(style.jsonPath().getString("color_background")).matches("#[0-9a-f]{6}");
        assertThat(style.jsonPath().getString("font_family_body")).isNotBlank();
    }
}
