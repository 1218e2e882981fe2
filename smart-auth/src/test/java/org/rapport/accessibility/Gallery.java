package org.rapport.accessibility;

import io.restassured.response.Response;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.rapport.account.Accounts;
import org.rapport.account.LinkToken;
import org.rapport.account.NewAccount;
import org.rapport.account.Role;
import org.rapport.factor.SignedInBy;
import org.rapport.factor.Totp;
import org.rapport.factor.TotpSecret;
import org.rapport.smart.AuthorizationCodeFlow;
import org.rapport.smart.Browser;
import org.rapport.smart.SecondStep;
import org.rapport.smart.TestMails;
import org.rapport.smart.TestPeople;
import org.rapport.smart.TestPeopleLinks;
import org.rapport.smart.TestServer;
import org.rapport.smart.TestWorld;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.Session;

/**
 * Every page of a server in one language, as people come to it: by the name of its template and, where it has several
 * states, a word for the state.
 */
final class Gallery {

    private static final Pattern KEY = Pattern.compile("<p class=\"secret\"><code>([A-Z2-7 ]+)</code>");

    private final TestServer server;
    private final String origin;
    private final String language;
    private final Map<String, String> pages = new LinkedHashMap<>();

    private Gallery(TestServer server, String origin, String language) {
        this.server = server;
        this.origin = origin;
        this.language = language;
    }

    /** The pages of a server with {@link TestWorld}. */
    static Map<String, String> of(TestServer server, String origin, String language) {
        var gallery = new Gallery(server, origin, language);
        gallery.signingIn();
        gallery.links();
        gallery.factors();
        gallery.account();
        gallery.apps();
        gallery.emergencies();
        gallery.administration();
        return gallery.pages;
    }

    /** The page of a server without any account. */
    static Map<String, String> ofAnEmptyServer(TestServer server, String origin, String language) {
        var gallery = new Gallery(server, origin, language);
        var browser = gallery.browser();
        var setup = gallery.keep("setup", browser.open("/setup"));
        gallery.keep("setup wrong", browser.send(setup, Map.of("code", "x", "username", "x", "password", "short")));
        return gallery.pages;
    }

    private Browser browser() {
        return Browser.reading(language, origin);
    }

    private Response keep(String name, Response page) {
        var html = page.asString();
        if (!html.contains("<h1") || !html.contains("lang=\"" + language + '"')) {
            throw new IllegalStateException("No page for " + name + ": " + page.statusCode() + ' ' + html);
        }
        pages.put(name, html);
        return page;
    }

    private void signingIn() {
        var browser = browser();
        var login = keep("login", browser.open("/login"));
        keep("login signed-out", browser.open("/login?signed-out"));
        keep("login wrong", browser.send(login, Map.of("username", "nobody", "password", "wrong")));
        keep("passkey", browser.open("/login/passkey"));
        keep("outside-sign-in", browser.open("/login/outside"));
        keep("problem outside-failed", browser.open("/login/outside/nobody"));
        keep("problem bad-authorization", browser.open("/oauth2/authorize"));
        keep("problem refused", browser.post("/login", Map.of(), Map.of("username", "x")));
    }

    private void links() {
        var browser = browser();
        var person = TestPeople.patient(server);
        keep("reset-ask", browser.open("/login/reset"));
        keep("told reset-asked", browser.send(browser.open("/login/reset"), Map.of("who", "nobody")));
        var reset = keep("reset", browser.open("/login/reset/" + TestPeopleLinks.reset(server, person.username())));
        keep("reset weak", browser.send(reset, Map.of("password", "short", "repeated", "short")));
        keep("problem bad-link", browser.open("/login/reset/" + LinkToken.random()));
        var invitation = keep("invitation", browser.open("/invitation"));
        keep(
                "invitation wrong",
                browser.send(
                        invitation,
                        Map.of("code", "BCDFG", "password", TestWorld.PASSWORD, "repeated", TestWorld.PASSWORD)));
    }

    private void factors() {
        var doctor = browser();
        var asked = keep("factor", signIn(doctor, TestWorld.DOCTOR));
        keep("factor wrong", doctor.send(asked, Map.of("code", "000000")));
        keep("factor-recovery", doctor.open("/login/factor/recovery"));
        var name = newAccount(Role.CLERK);
        var clerk = browser();
        var enrolment = keep("factor-enrol demanded", signIn(clerk, name));
        keep("factor-enrol wrong", clerk.send(enrolment, Map.of("name", "Phone", "code", "000000")));
        keep("factor-codes", enrol(clerk, enrolment));
        keep("factors", clerk.open("/account/factors"));
        keep("factor-enrol", clerk.open("/account/factors/app"));
        keep("passkey-add", clerk.open("/account/factors/passkey"));
        keep("factor step-up", clerk.open("/login/step-up"));
        var form = Browser.hidden(clerk.open("/account/factors"));
        growStale(name);
        keep("factor-needed", clerk.post("/account/factors/recovery-codes", form, Map.of()));
        var patient = browser();
        signIn(patient, TestPeople.patient(server).username());
        keep("factor-password", patient.open("/login/step-up"));
    }

    /** Makes the last proof of somebody an hour old. */
    @SuppressWarnings("unchecked")
    private void growStale(String username) {
        FindByIndexNameSessionRepository<Session> sessions = server.bean(FindByIndexNameSessionRepository.class);
        sessions.findByPrincipalName(username).values().forEach(session -> {
            SignedInBy by = session.getRequiredAttribute(SignedInBy.ATTRIBUTE);
            var before = by.provedAt().minus(Duration.ofHours(1));
            session.setAttribute(SignedInBy.ATTRIBUTE, new SignedInBy(by.methods(), by.signedInAt(), before));
            sessions.save(session);
        });
    }

    private void account() {
        var person = TestPeople.patient(server);
        var browser = browser();
        keep("account", signIn(browser, person.username()));
        keep("factors none", browser.open("/account/factors"));
        keep("password", browser.open("/account/password"));
        var email = keep("email", browser.open("/account/email"));
        keep("email wrong", browser.send(email, Map.of("address", "x", "old", "wrong")));
        var fresh = "new." + person.address();
        keep("told email-asked", browser.send(email, Map.of("address", fresh, "old", TestWorld.PASSWORD)));
        keep("outside-links", browser.open("/account/outside"));
        keep("sign-out", browser.open("/connect/logout"));
        keep("problem not-staff", browser.open("/account/invitations"));
        keep("email-confirm", browser.open(TestMails.link(TestMails.await(fresh, ""))));
    }

    private void apps() {
        var flow = AuthorizationCodeFlow.at(origin);
        var browser = browser();
        var doctor = signIn(browser, TestWorld.BUSY_DOCTOR);
        browser.send(doctor, Map.of("recovery", SecondStep.newRecoveryCode(origin, TestWorld.BUSY_DOCTOR)));
        var choice = keep("patient-choice", browser.open(flow.address()));
        keep("consent", browser.send(choice, Map.of("patient", "p7")));
        var nobody = browser.send(browser.open(flow.address()), Map.of("search", "nobody of that name"));
        keep("patient-choice none", nobody);
    }

    private void emergencies() {
        var browser = browser();
        var doctor = signIn(browser, TestWorld.BUSY_DOCTOR);
        browser.send(doctor, Map.of("recovery", SecondStep.newRecoveryCode(origin, TestWorld.BUSY_DOCTOR)));
        var form = Browser.hidden(keep("break-glass", browser.open("/break-glass")));
        keep(
                "break-glass no-patient",
                browser.post(
                        "/break-glass",
                        form,
                        Map.of("patient", "nobody", "reason", "other", "explanation", "Whoever it is, bleeds.")));
        keep("break-glass no-reason", browser.post("/break-glass", form, Map.of("patient", "carol")));
        keep(
                "break-glass open",
                browser.post(
                        "/break-glass",
                        form,
                        Map.of("patient", "carol", "reason", "other", "explanation", "Nobody else is on duty.")));
        keep("problem no-reviews", browser.open("/break-glass/reviews"));
        var officer = browser();
        enrol(officer, signIn(officer, newAccount(Role.PRIVACY_OFFICER)));
        keep("account officer", officer.open("/account"));
        var reviews = keep("break-glass-reviews", officer.open("/break-glass/reviews"));
        keep("break-glass-reviews no-verdict", officer.send(reviews, Map.of("verdict", "x")));
        keep("break-glass-reviews closed", officer.send(reviews, Map.of("verdict", "justified")));
        keep("problem no-emergency", officer.open("/break-glass"));
    }

    private void administration() {
        var browser = browser();
        enrol(browser, signIn(browser, newAccount(Role.ADMIN)));
        keep("account staff", browser.open("/account"));
        var inviting = keep("inviting", browser.open("/account/invitations"));
        keep(
                "inviting code",
                browser.send(
                        inviting,
                        Map.of("displayName", "Dr New", "roles", "clinician", "fhirUser", "Practitioner/new")));
        keep("inviting incomplete", browser.send(inviting, Map.of("displayName", "", "roles", "x")));
        keep("admin-people", browser.open("/admin/people"));
        keep("admin-people none", browser.open("/admin/people?search=nobody-of-that-name"));
        keep("admin-person", browser.open("/admin/people/" + TestWorld.DOCTOR));
        keep("admin-clients", browser.open("/admin/clients"));
        keep("admin-client new", browser.open("/admin/clients/new"));
        keep("admin-client", browser.open("/admin/clients/" + TestWorld.WEB_APP));
        var form = Browser.hidden(browser.open("/admin/keys"));
        keep("admin-client wrong", browser.post("/admin/clients", form, Map.of("clientId", "x", "type", "public")));
        keep("admin-secret", browser.post("/admin/keys/tokens", form, Map.of("note", "Vendor")));
        browser.post("/admin/devices", form, Map.of("deviceId", "cuff-" + UUID.randomUUID()));
        keep("admin-devices", browser.open("/admin/devices"));
        keep("admin-keys", browser.open("/admin/keys"));
        keep("problem not-found", browser.open("/admin/people/nobody-of-that-name"));
    }

    private Response signIn(Browser browser, String username) {
        return browser.send(browser.open("/login"), Map.of("username", username, "password", TestWorld.PASSWORD));
    }

    private Response enrol(Browser browser, Response enrolment) {
        var key = KEY.matcher(enrolment.asString());
        if (!key.find()) {
            throw new IllegalStateException("No key: " + enrolment.asString());
        }
        var secret = TotpSecret.ofBase32(key.group(1));
        var step = new Totp(Clock.systemUTC()).steps().get(0);
        return browser.send(enrolment, Map.of("name", "Phone", "code", Totp.code(secret, step)));
    }

    private String newAccount(Role role) {
        var username = role.name().toLowerCase(Locale.ROOT)
                + UUID.randomUUID().toString().substring(0, 8);
        server.bean(Accounts.class)
                .createIfAbsent(new NewAccount(username, TestWorld.PASSWORD, "Somebody New", null, Set.of(role)));
        return username;
    }
}
