package org.rapport.authorize.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rapport.smart.AuthorizationCodeFlow;
import org.rapport.smart.Browser;
import org.rapport.smart.TestServer;
import org.rapport.smart.TestWorld;

/** A standalone launch asks which patient is meant, where that is a question. */
class PatientChoiceTest {

    private static final TestServer SERVER = TestServer.shared();

    private final Browser browser = new Browser(SERVER.url());
    private final AuthorizationCodeFlow flow = AuthorizationCodeFlow.at(SERVER.url());

    private Response choose(Response picker, String patient) {
        return browser.send(picker, Map.of("patient", patient));
    }

    private String patientOf(Response answer) {
        var code = AuthorizationCodeFlow.answered(answer, "code").orElseThrow();
        return flow.redeem(code).jsonPath().getString("patient");
    }

    @Test
    void isLeftToAClinicianAmongThePatientsTheyTreat() {
        var picker = flow.ask(browser, TestWorld.DOCTOR);
        assertThat(picker.asString())
                .contains("Which patient?", "Alice &lt;i&gt;Adler", "Carol Conrad", "born 1 February 1980")
                .doesNotContain("bob", "name=\"scope\"");

        var consent = choose(picker, "carol");
        assertThat(consent.asString()).contains("Carol Conrad", "Choose another patient", "name=\"deny\"");

        assertThat(patientOf(browser.send(consent, Map.of()))).isEqualTo("carol");
    }

    @Test
    void isAskedAgainEachTime() {
        browser.send(choose(flow.ask(browser, TestWorld.DOCTOR), "carol"), Map.of());

        assertThat(browser.open(flow.address()).asString()).contains("Which patient?");
    }

    @Test
    void canBeChanged() {
        var consent = choose(flow.ask(browser, TestWorld.DOCTOR), "carol");
        var again = browser.post(
                "/oauth2/consent",
                Map.of(
                        "_csrf", Browser.hidden(consent).get("_csrf"),
                        "state", Browser.hidden(consent).get("state")),
                Map.of());

        assertThat(patientOf(browser.send(choose(again, "alice"), Map.of()))).isEqualTo("alice");
    }

    @Test
    void isFoundByName() {
        var picker = flow.ask(browser, TestWorld.BUSY_DOCTOR);
        assertThat(picker.asString())
                .contains("There are more than 50 patients")
                .contains("Patient Number49")
                .doesNotContain("Patient Number50");

        var found = browser.send(picker, Map.of("search", "number57"));
        assertThat(found.asString()).contains("Patient Number57").doesNotContain("Number49", "more than");

        var consent = browser.send(found, Map.of("search", "number57", "patient", "p57"));
        assertThat(patientOf(browser.send(consent, Map.of()))).isEqualTo("p57");
    }

    @Test
    void saysWhenNobodyIsFound() {
        var found = browser.send(flow.ask(browser, TestWorld.DOCTOR), Map.of("search", "<b>zzz"));

        assertThat(found.statusCode()).isEqualTo(200);
        assertThat(found.asString()).contains("Nobody found", "&lt;b&gt;zzz").doesNotContain("<b>zzz");
    }

    @Test
    void isNoQuestionWhereThereIsOneRecord() {
        assertThat(flow.ask(browser, TestWorld.ALICE).asString())
                .contains("name=\"scope\"")
                .doesNotContain("Which patient?");
        assertThat(patientOf(flow.authorize(new Browser(SERVER.url()), TestWorld.PROXY)))
                .isEqualTo("carol");
    }

    @Test
    void cannotBeForged() {
        var consent = choose(flow.ask(browser, TestWorld.DOCTOR), "carol");
        var fields = Browser.hidden(consent);
        fields.put("patient", List.of("bob"));

        var answer = browser.post("/oauth2/authorize", fields, Map.of());

        assertThat(AuthorizationCodeFlow.answered(answer, "error")).hasValue("access_denied");
        assertThat(AuthorizationCodeFlow.answered(answer, "code")).isEmpty();
    }

    @Test
    void cannotBeLeftOut() {
        var fields = Browser.hidden(choose(flow.ask(browser, TestWorld.DOCTOR), "carol"));
        fields.remove("patient");

        assertThat(AuthorizationCodeFlow.answered(browser.post("/oauth2/authorize", fields, Map.of()), "error"))
                .hasValue("access_denied");
    }

    @Test
    void cannotBeForcedOnAnotherPersonsOwnRecord() {
        var fields = Browser.hidden(flow.ask(browser, TestWorld.ALICE));
        fields.put("patient", List.of("bob"));

        assertThat(patientOf(browser.post("/oauth2/authorize", fields, Map.of())))
                .isEqualTo("alice");
    }

    @Test
    void ofAnUnknownPatientShowsTheListAgain() {
        assertThat(choose(flow.ask(browser, TestWorld.DOCTOR), "bob").asString())
                .contains("Which patient?");
    }

    @Test
    void needsAFormOfOurs() {
        var fields = Browser.hidden(flow.ask(browser, TestWorld.DOCTOR));
        fields.remove("_csrf");

        assertThat(browser.post("/oauth2/consent", fields, Map.of("patient", "carol"))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void canBeRefused() {
        var picker = flow.ask(browser, TestWorld.DOCTOR);
        var fields = Browser.hidden(picker);

        var answer =
                browser.post("/oauth2/authorize", fields, Map.of("client_id", TestWorld.PUBLIC_APP, "deny", "true"));

        assertThat(AuthorizationCodeFlow.answered(answer, "error")).hasValue("access_denied");
    }
}
