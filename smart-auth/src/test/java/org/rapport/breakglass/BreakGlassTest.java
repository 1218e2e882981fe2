package org.rapport.breakglass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jwt.JWTParser;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.rapport.account.Role;
import org.rapport.launch.spring.EhrSession;
import org.rapport.session.ResourceServer;
import org.rapport.smart.Browser;
import org.rapport.smart.TestMails;
import org.rapport.smart.TestPeople;
import org.rapport.smart.TestServer;
import org.rapport.smart.TestWorld;

class BreakGlassTest {

    private static final TestServer SERVER = TestServer.shared();
    private static final String CHALLENGE = "Bearer error=\"insufficient_user_authentication\", max_age=\"300\"";

    private final Hospital doctor = Hospital.person(SERVER, Role.CLINICIAN);
    private final String patient = "p" + UUID.randomUUID().toString().substring(0, 8);

    private String emergencyToken(String app) {
        assertThat(doctor.declare("w-" + patient).statusCode()).isEqualTo(200);
        var answer = doctor.exchange(app, patient);
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
        return answer.jsonPath().getString("access_token");
    }

    @Test
    void givesOneTokenToReadOneRecordForHalfAnHour() throws ParseException {
        var app = doctor.token();
        var page = doctor.declare("w-" + patient);
        assertThat(page.asString()).contains("Carla &lt;i&gt;Cole&lt;/i&gt;", patient);

        var answer = doctor.exchange(app, patient);
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
        assertThat(answer.header("Cache-Control")).contains("no-store");
        assertThat(answer.jsonPath().getString("refresh_token")).isNull();
        assertThat(answer.jsonPath().getString("issued_token_type"))
                .isEqualTo("urn:ietf:params:oauth:token-type:access_token");
        assertThat(answer.jsonPath().getString("patient")).isEqualTo(patient);
        assertThat(answer.jsonPath().getString("scope")).isEqualTo("user/*.rs");
        assertThat(answer.jsonPath().getInt("expires_in")).isBetween(1700, 1800);
        var claims =
                JWTParser.parse(answer.jsonPath().getString("access_token")).getJWTClaimsSet();
        assertThat(claims.getStringClaim("purpose_of_use")).isEqualTo("BTG");
        assertThat(claims.getStringClaim("patient")).isEqualTo(patient);
        assertThat(claims.getStringListClaim("roles")).containsExactly("clinician");
        ResourceServer.assertTakes(SERVER, answer.jsonPath().getString("access_token"));
        assertThat(doctor.noted("break-glass-started", patient)).isEqualTo(1);

        assertThat(doctor.exchange(app, patient).statusCode()).isEqualTo(401);
        var again = doctor.exchange(answer.jsonPath().getString("access_token"), patient);
        assertThat(again.asString()).isEqualTo("{\"error\":\"invalid_request\"}");
    }

    @Test
    @DisplayName("BG-02: a clerk who breaks the glass is refused, on the page and by an app")
    void isNotForClerks() {
        var clerk = Hospital.person(SERVER, Role.CLERK);
        var app = clerk.token();
        assertThat(clerk.browser().open("/break-glass").statusCode()).isEqualTo(403);
        assertThat(clerk.declare(patient).statusCode()).isEqualTo(403);
        var answer = clerk.exchange(app, patient);
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.asString()).isEqualTo("{\"error\":\"access_denied\"}");
        assertThat(clerk.refused("no-right")).isEqualTo(2);
        assertThat(clerk.noted("break-glass-started", patient)).isZero();
    }

    @Test
    @DisplayName("BG-03: without a fresh factor the page and the exchange answer 401 insufficient_user_authentication")
    void needsAFreshFactor() {
        var app = doctor.token();
        doctor.growStale();
        var refused = doctor.declare(patient);
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.header("WWW-Authenticate")).isEqualTo(CHALLENGE);
        assertThat(doctor.browser().open("/break-glass").asString()).contains("action=\"/login/step-up\"");

        var answer = doctor.exchange(app, patient);
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate")).isEqualTo(CHALLENGE);
        assertThat(answer.asString()).isEqualTo("{\"error\":\"insufficient_user_authentication\"}");
        assertThat(doctor.noted("break-glass-started", patient)).isZero();
    }

    @Test
    void needsAReasonAndOneKnownPatient() {
        doctor.token();
        var short1 = Map.of("reason", "unconscious", "explanation", "in short");
        assertThat(doctor.declare(patient, short1).statusCode()).isEqualTo(400);
        assertThat(doctor.declare("nobody", short1).statusCode()).isEqualTo(400);
        assertThat(doctor.declare("nobody").statusCode()).isEqualTo(400);
        assertThat(doctor.declare("a,b").statusCode()).isEqualTo(400);
        assertThat(doctor.refused("no-reason")).isEqualTo(2);
        assertThat(doctor.refused("no-patient")).isEqualTo(2);
        assertThat(doctor.browser()
                        .post("/break-glass", Map.of(), Map.of("patient", patient))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void isOnlyForThePatientAndTheAppThatAsk() {
        var app = doctor.token();
        doctor.declare(patient);
        assertThat(doctor.exchange(app, "another").statusCode()).isEqualTo(401);
        assertThat(doctor.exchange("no-token", patient).statusCode()).isEqualTo(400);
        assertThat(Hospital.person(SERVER, Role.CLINICIAN)
                        .exchange(app, patient)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    @DisplayName("BG-06: the token is dead after its time")
    void endsAfterItsTime() {
        var token = emergencyToken(doctor.token());
        doctor.letPass(Duration.ofMinutes(31));
        await().atMost(Duration.ofSeconds(20)).until(() -> ResourceServer.status(SERVER, token) == 401);
        assertThat(doctor.noted("break-glass-ended", patient)).isEqualTo(1);
    }

    @Test
    @DisplayName("BG-06: the token is dead after the logout, though the app may work offline")
    void endsWithTheLogout() {
        var app = doctor.token();
        var token = emergencyToken(app);
        doctor.browser().post("/logout", doctor.csrf(), Map.of());
        ResourceServer.assertRefusesWithinASecond(SERVER, token);
        ResourceServer.assertTakes(SERVER, app);
        await().atMost(Duration.ofSeconds(20)).until(() -> doctor.noted("break-glass-ended", patient) == 1);
    }

    @Test
    void endsWithTheGrantOfTheApp() {
        var token = emergencyToken(doctor.token());
        doctor.browser().post("/account/apps/end", doctor.csrf(), Map.of("client", TestWorld.PUBLIC_APP));
        ResourceServer.assertRefusesWithinASecond(SERVER, token);
    }

    @Test
    void endsWhenTheClinicianSaysSo() {
        var token = emergencyToken(doctor.token());
        var page = doctor.browser().open("/break-glass");
        doctor.browser().send(page, Map.of());
        ResourceServer.assertRefusesWithinASecond(SERVER, token);
        assertThat(doctor.noted("break-glass-ended", patient)).isEqualTo(1);
    }

    @Test
    void endsUnusedAfterFiveMinutes() {
        var app = doctor.token();
        doctor.declare(patient);
        doctor.letPass(Duration.ofMinutes(6));
        assertThat(doctor.exchange(app, patient).statusCode()).isEqualTo(401);
        await().atMost(Duration.ofSeconds(20)).until(() -> doctor.noted("break-glass-ended", patient) == 1);
    }

    @Test
    @DisplayName("BG-07: an EHR opens no application with the token of an emergency")
    void opensNoApplication() {
        var adams = new Hospital(SERVER, TestWorld.DOCTOR, new Browser(SERVER.url()));
        adams.token();
        assertThat(adams.declare("w-" + patient).statusCode()).isEqualTo(200);
        var usual = EhrSession.ehrToken(SERVER, TestWorld.DOCTOR);
        var emergency = adams.exchangeByEhr(usual, patient);
        assertThat(emergency.statusCode()).as(emergency.asString()).isEqualTo(200);

        assertThat(EhrSession.at(SERVER, usual).open(Map.of()).statusCode()).isEqualTo(200);
        var refused = EhrSession.at(SERVER, emergency.jsonPath().getString("access_token"))
                .open(Map.of());
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.jsonPath().getString("error")).isEqualTo("access_denied");
        assertThat(refused.jsonPath().getString("launch")).isNull();
    }

    @Test
    @DisplayName("BG-08: privacy officers and the patient are told, without a word of who it is")
    void tellsThoseConcerned() {
        var officer = Hospital.person(SERVER, Role.PRIVACY_OFFICER);
        var person = TestPeople.patient(SERVER);
        doctor.token();
        doctor.declare(person.username());
        assertThat(List.of(
                        TestMails.await(Hospital.address(officer.username()), "opened in an emergency"),
                        TestMails.await(person.address(), "opened in an emergency")))
                .allSatisfy(mail ->
                        assertThat(mail.text()).doesNotContain(person.username(), doctor.username(), "crash", "{"));
    }

    @Test
    @DisplayName("BG-10: the third time within 24 hours is allowed and told as high")
    void isAllowedOften() {
        var officer = Hospital.person(SERVER, Role.PRIVACY_OFFICER);
        doctor.token();
        for (int time = 0; time < 3; time++) {
            assertThat(doctor.declare(patient).statusCode()).isEqualTo(200);
        }
        TestMails.await(Hospital.address(officer.username()), "High");
        assertThat(doctor.sql("SELECT count(*) FROM break_glass WHERE username = ? AND often")
                        .param(doctor.username())
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }
}
