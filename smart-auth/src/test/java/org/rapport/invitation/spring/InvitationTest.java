package org.rapport.invitation.spring;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.rapport.account.Account;
import org.rapport.account.Accounts;
import org.rapport.account.Role;
import org.rapport.audit.Agent;
import org.rapport.invitation.Invitation;
import org.rapport.invitation.Invitations;
import org.rapport.invitation.Invitations.Made;
import org.rapport.smart.Browser;
import org.rapport.smart.TestServer;
import org.rapport.smart.TestWorld;
import org.rapport.smart.Together;
import org.springframework.jdbc.core.simple.JdbcClient;

class InvitationTest {

    private static final TestServer SERVER = TestServer.shared();
    private static final Account CLERK = new Account("clerk", "Clerk", "Practitioner/lee", Set.of(Role.CLERK), true);
    private static final Account ADMIN = new Account("root", "Root", null, Set.of(Role.ADMIN), true);
    private static final LocalDate BORN = LocalDate.of(1980, 3, 1);
    private static final String PASSWORD = "CANARY-treuherzig-Kabeljau";
    private static final int ROUNDS = Boolean.getBoolean("rapport.soak") ? 200 : 20;

    private final String id = UUID.randomUUID().toString();
    private final Invitations invitations = SERVER.bean(Invitations.class);
    private final Accounts accounts = SERVER.bean(Accounts.class);
    private final Browser browser = new Browser(SERVER.url());
    private final JdbcClient database = JdbcClient.create(SERVER.bean(DataSource.class));

    private Invitation patient() {
        return new Invitation(
                Optional.empty(), "Zoe Doe", Optional.of("Patient/" + id), Set.of(Role.PATIENT), Optional.of(BORN));
    }

    private String code(Invitation invitation, Account by) {
        var made = invitations.create(invitation, by, Agent.SERVER);
        assertThat(made).isInstanceOf(Made.Code.class);
        return ((Made.Code) made).code();
    }

    private Response use(String code, String birthDate, String username, String password) {
        return browser.send(
                browser.open("/invitation"),
                Map.of(
                        "code",
                        code,
                        "birthDate",
                        birthDate,
                        "username",
                        username,
                        "password",
                        password,
                        "repeated",
                        password));
    }

    @Test
    void makesTheAccountOfTheChart() {
        var code = code(patient(), CLERK);
        assertThat(code).matches("([B-Z2-9]{5}-){3}[B-Z2-9]{5}");

        var done = use(code.toLowerCase(Locale.ROOT).replace('-', ' '), "1980-03-01", "zoe-" + id, PASSWORD);

        assertThat(done.asString()).contains("Your account is made");
        assertThat(accounts.find("zoe-" + id))
                .contains(new Account("zoe-" + id, "Zoe Doe", "Patient/" + id, Set.of(Role.PATIENT), true));
        assertThat(use(code, "1980-03-01", "zoe2-" + id, PASSWORD).statusCode()).isEqualTo(400);
    }

    @Test
    @DisplayName("OA-055: the link to the record comes from the invitation alone, and each step is audited")
    void bindsOnlyToTheInvitedChart() {
        var code = code(patient(), CLERK);
        var page = browser.open("/invitation");
        browser.send(
                page,
                Map.of(
                        "code",
                        code,
                        "birthDate",
                        "1980-03-01",
                        "username",
                        "mallory-" + id,
                        "password",
                        PASSWORD,
                        "repeated",
                        PASSWORD,
                        "fhirUser",
                        "Patient/somebody-else",
                        "roles",
                        "admin"));

        var made = accounts.find("mallory-" + id).orElseThrow();
        assertThat(made.fhirUser()).isEqualTo("Patient/" + id);
        assertThat(made.roles()).containsExactly(Role.PATIENT);
        assertThat(rows("Patient/" + id)).containsExactly("invitation patient");
        assertThat(rows("mallory-" + id)).containsExactly("by invitation, patient, Patient/" + id);
    }

    private List<String> rows(String object) {
        return database.sql(
                        "SELECT query FROM audit_log WHERE interaction = 'account-created' AND resource_id = ? ORDER BY number")
                .param(object)
                .query(String.class)
                .list();
    }

    @Test
    void asksForTheBirthDateAndDiesAfterFiveWrongOnes() {
        var code = code(patient(), CLERK);
        for (int i = 0; i < 4; i++) {
            assertThat(use(code, "1980-03-02", "eve-" + id, PASSWORD).asString())
                    .contains("is wrong, or the code");
        }
        assertThat(use(code, "", "eve-" + id, PASSWORD).statusCode()).isEqualTo(400);

        assertThat(use(code, "1980-03-01", "eve-" + id, PASSWORD).statusCode()).isEqualTo(400);
        assertThat(accounts.find("eve-" + id)).isEmpty();
    }

    @Test
    void stillWorksAfterFourWrongOnes() {
        var code = code(patient(), CLERK);
        for (int i = 0; i < 4; i++) {
            use(code, "1980-03-02", "eve-" + id, PASSWORD);
        }

        assertThat(use(code, "1980-03-01", "zoe-" + id, PASSWORD).statusCode()).isEqualTo(200);
    }

    @Test
    void countsTriesAtTheSameTime() {
        var code = code(patient(), CLERK);
        Together.times(
                20,
                i -> invitations.open(
                        new Invitations.Answer(code, Optional.of(BORN.plusDays(i + 1)), "x", PASSWORD), Agent.SERVER));

        assertThat(database.sql("SELECT tries_left FROM invitation WHERE fhir_user = ?")
                        .param("Patient/" + id)
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void worksForSevenDays() {
        var code = code(patient(), CLERK);
        database.sql("UPDATE invitation SET expires_at = expires_at - interval '7 days' WHERE fhir_user = ?")
                .param("Patient/" + id)
                .update();

        assertThat(use(code, "1980-03-01", "zoe-" + id, PASSWORD).statusCode()).isEqualTo(400);
    }

    @Test
    @DisplayName("MF-010: of 20 uses of one code on two instances at once exactly one makes an account")
    void worksOnce() {
        try (var other = SERVER.another()) {
            for (int round = 0; round < ROUNDS; round++) {
                int number = round;
                var code = code(patient(), CLERK);
                var used = Together.times(
                        20,
                        i -> (i % 2 == 0 ? invitations : other.bean(Invitations.class))
                                .use(
                                        new Invitations.Answer(
                                                code,
                                                Optional.of(BORN),
                                                "racer-%d-%d-%s".formatted(number, i, id),
                                                PASSWORD),
                                        Agent.SERVER));
                assertThat(used.stream().filter(Invitations.Used.DONE::equals)).hasSize(1);
                assertThat(used.stream().filter(Invitations.Used.BAD_CODE::equals))
                        .hasSize(19);
            }
        }
    }

    @Test
    void keepsTheCodeWhenTheNameIsTakenOrThePasswordWeak() {
        var code = code(patient(), CLERK);

        assertThat(use(code, "1980-03-01", "alice", PASSWORD).asString()).contains("This user name is taken.");
        assertThat(use(code, "1980-03-01", "zoe-" + id, "Password12345").asString())
                .contains("among the most common ones");
        assertThat(use(code, "1980-03-01", "zoe-" + id, PASSWORD).statusCode()).isEqualTo(200);
    }

    @Test
    void storesNeitherCodeNorBirthDate() {
        var code = code(patient(), CLERK).replace("-", "");

        assertThat(database.sql("SELECT row_to_json(i)::text FROM invitation i")
                        .query(String.class)
                        .list())
                .isNotEmpty()
                .noneMatch(row -> row.contains(code) || row.contains("1980"));
    }

    @Test
    void letsAnAdministratorFixTheNameOfStaff() {
        var code = code(
                new Invitation(
                        Optional.of("dr-new-" + id),
                        "Dr New",
                        Optional.of("Practitioner/new"),
                        Set.of(Role.CLINICIAN),
                        Optional.empty()),
                ADMIN);

        assertThat(use(code, "", "another-name", PASSWORD).statusCode()).isEqualTo(200);
        assertThat(accounts.find("dr-new-" + id).orElseThrow().roles()).containsExactly(Role.CLINICIAN);
        assertThat(accounts.find("another-name")).isEmpty();
    }

    @Test
    void isMadeOnThePageOfStaffOnly() {
        assertThat(browser.open("/account/invitations").asString()).contains("name=\"password\"");
        browser.send(browser.open("/login"), Map.of("username", "alice", "password", TestWorld.PASSWORD));

        var refused = browser.open("/account/invitations");

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.asString()).contains("This is for staff");
    }

    @Test
    void holdsASourceThatTriesCodes() {
        try (var own = TestServer.start()) {
            for (int i = 0; i < 20; i++) {
                assertThat(post(own.url())).isEqualTo(400);
            }

            assertThat(post(own.url())).isEqualTo(429);
        }
    }

    private static int post(String server) {
        var page = given().get(server + "/invitation");
        return given().cookies(page.cookies())
                .formParam("_csrf", Browser.hidden(page).get("_csrf"))
                .formParam("code", "BCDFG-HJKMN-PQRST-VWXZ2")
                .formParam("password", PASSWORD)
                .formParam("repeated", PASSWORD)
                .post(server + "/invitation")
                .statusCode();
    }
}
