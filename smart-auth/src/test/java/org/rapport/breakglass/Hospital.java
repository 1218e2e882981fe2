package org.rapport.breakglass;

import static io.restassured.RestAssured.given;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.rapport.account.Accounts;
import org.rapport.account.NewAccount;
import org.rapport.account.Role;
import org.rapport.contact.MailAddress;
import org.rapport.contact.MailAddresses;
import org.rapport.factor.SignedInBy;
import org.rapport.factor.TotpFactors;
import org.rapport.smart.AuthorizationCodeFlow;
import org.rapport.smart.Browser;
import org.rapport.smart.TestServer;
import org.rapport.smart.TestWorld;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.Session;

/**
 * Somebody who works at a hospital, with a browser and the public app.
 *
 * @param browser stays signed in once the app was used
 */
record Hospital(TestServer server, String username, Browser browser) {

    static final Map<String, String> CRASH =
            Map.of("reason", "unconscious", "explanation", "Brought in after a car crash.");

    /** Somebody new in a role, with a factor and an address. */
    static Hospital person(TestServer server, Role role) {
        var username = role.code() + '-' + UUID.randomUUID();
        server.bean(Accounts.class)
                .createIfAbsent(new NewAccount(
                        username,
                        TestWorld.PASSWORD,
                        "Dr New",
                        "Practitioner/" + username.substring(0, 30),
                        Set.of(role)));
        server.bean(TotpFactors.class).addIfNone(username, "Phone", TestWorld.DOCTORS_APP);
        server.bean(MailAddresses.class)
                .verified(username, MailAddress.parse(address(username)).orElseThrow());
        return new Hospital(server, username, new Browser(server.url()));
    }

    static String address(String username) {
        return username.substring(0, 30) + "@hospital.example.org";
    }

    /** The access token of the app; afterwards the browser is signed in. */
    String token() {
        var flow = AuthorizationCodeFlow.at(server.url()).with("scope", "openid fhirUser user/*.rs offline_access");
        var answer = flow.authorize(browser, username);
        var code = AuthorizationCodeFlow.answered(answer, "code").orElseThrow();
        return flow.redeem(code).jsonPath().getString("access_token");
    }

    /** Declares that a patient is an emergency. */
    Response declare(String patient) {
        return declare(patient, CRASH);
    }

    Response declare(String patient, Map<String, String> why) {
        var typed = new HashMap<>(why);
        typed.put("patient", patient);
        return browser.post("/break-glass", csrf(), typed);
    }

    /** What a form sends to prove that it was shown; the page of the account has it for everybody. */
    Map<String, List<String>> csrf() {
        return Map.of("_csrf", Browser.hidden(browser.open("/account")).get("_csrf"));
    }

    /** Asks for the token of an emergency. */
    Response exchange(String token, String patient) {
        return exchange(given().formParam("client_id", TestWorld.PUBLIC_APP), token, patient);
    }

    /** The same by the EHR. */
    Response exchangeByEhr(String token, String patient) {
        return exchange(given().auth().preemptive().basic(TestWorld.EHR, TestWorld.EHR_SECRET), token, patient);
    }

    private Response exchange(RequestSpecification client, String token, String patient) {
        return client.formParam("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange")
                .formParam("subject_token", token)
                .formParam("subject_token_type", "urn:ietf:params:oauth:token-type:access_token")
                .formParam("resource", server.origin() + "/fhir/Patient/" + patient)
                .post(server.url() + "/oauth2/token");
    }

    /** Makes the last factor six minutes old. */
    @SuppressWarnings("unchecked")
    void growStale() {
        FindByIndexNameSessionRepository<Session> sessions = server.bean(FindByIndexNameSessionRepository.class);
        sessions.findByPrincipalName(username).values().forEach(session -> {
            SignedInBy by = session.getRequiredAttribute(SignedInBy.ATTRIBUTE);
            var before = by.provedAt().minus(Duration.ofMinutes(6));
            session.setAttribute(SignedInBy.ATTRIBUTE, new SignedInBy(by.methods(), by.signedInAt(), before));
            sessions.save(session);
        });
    }

    /** Makes all emergencies of the person older. */
    void letPass(Duration time) {
        sql("UPDATE break_glass SET started_at = started_at - CAST(? AS interval),"
                        + " expires_at = expires_at - CAST(? AS interval) WHERE username = ?")
                .params(time.toString(), time.toString(), username)
                .update();
    }

    /** How many rows of the audit log there are of a kind, for a patient. */
    long noted(String kind, String patient) {
        return sql("SELECT count(*) FROM audit_log WHERE interaction = ? AND patient = ? AND status = 200")
                .params(kind, patient)
                .query(Long.class)
                .single();
    }

    /** How many attempts of the person were refused for that. */
    long refused(String why) {
        return sql("SELECT count(*) FROM audit_log WHERE interaction = 'break-glass-started' AND subject = ?"
                        + " AND status = 403 AND query = ?")
                .params(username, why)
                .query(Long.class)
                .single();
    }

    JdbcClient.StatementSpec sql(String sql) {
        return JdbcClient.create(server.bean(DataSource.class)).sql(sql);
    }
}
