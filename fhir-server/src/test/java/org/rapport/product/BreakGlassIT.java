package org.rapport.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.rapport.harness.FhirSession;
import org.rapport.harness.Harness;
import org.rapport.harness.OutsideDatabase;
import org.rapport.harness.Ports;
import org.rapport.harness.Server;
import org.rapport.harness.clock.MovedClock;

/** Dr Brandt, who treats Bob and not Alice, breaks the glass. */
class BreakGlassIT {

    private static final Duration MINUTE = Duration.ofSeconds(60);
    private static final Pattern LINK = Pattern.compile("http://\\S+(/email/\\S{43})");
    private static final String BTG = """
            {"type": "%s", "purpose": [{"system": "http://terminology.hl7.org/CodeSystem/v3-ActReason", "code": "BTG"}]}""";

    @RegisterExtension
    static final Harness HARNESS = new Harness();

    private static OutsideDatabase database;
    private static Server server;
    private static MovedClock clock;
    private static GreenMail mails;
    private static FhirSession backend;
    private static FhirSession brandt;
    private static PersonInBrowser doctor;

    @BeforeAll
    static void start() {
        database = HARNESS.database();
        var time = HARNESS.folder().resolve("clock");
        int smtp = Ports.free();
        mails = mailServer(smtp);
        var plan = database.join(HARNESS.plan("glass").withClock(time))
                .with("rapport.mail.host", "127.0.0.1")
                .with("rapport.mail.port", smtp)
                .with("rapport.mail.start-tls", false);
        server = HARNESS.audited(plan).start();
        clock = MovedClock.of(time);
        backend = server.session("demo-backend");
        doctor = new PersonInBrowser(server, clock, "dr-brandt").signIn();
        brandt = server.sessionWith(doctor::token);
    }

    @AfterAll
    static void stop() {
        mails.stop();
    }

    private static GreenMail mailServer(int port) {
        var peer = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        peer.start();
        return peer;
    }

    @Test
    @DisplayName("BG-01: a denied record opens where the consent permits BTG, and the audit log says so")
    void opensWhereTheConsentPermitsIt() {
        var patient = patient("deny", BTG.formatted("permit"));
        var pulse = observation(patient, "");
        var closed = observation(patient, """
                "meta": {"security": [{"system": "http://terminology.hl7.org/CodeSystem/v3-Confidentiality",
                  "code": "V"}]},""");
        assertThat(brandt.get(pulse).statusCode()).isEqualTo(404);

        var emergency = doctor.breakGlass(patient);
        assertThat(emergency.get(pulse).statusCode()).isEqualTo(200);
        assertThat(emergency.get("Observation?patient=" + patient).body())
                .contains(pulse)
                .doesNotContain(closed);
        assertThat(emergency.get("Patient/" + patient + "/$everything").statusCode())
                .isEqualTo(200);
        assertThat(emergency.get(closed).statusCode()).as("V stays closed").isEqualTo(404);
        assertThat(rows("interaction = 'read' and status = 200 and purpose = 'BTG' and patient = '" + patient + "'"))
                .isEqualTo(1);
        assertThat(brandt.get(pulse).statusCode()).isEqualTo(404);
        assertConsentIsNamed(patient);
    }

    /** Each of the three answers has a row of the consent under its request id; the officers and the patient's log show it. */
    private static void assertConsentIsNamed(String patient) {
        assertThat(rows("interaction = 'authz-consent' and status = 200 and purpose = 'BTG' and patient = '" + patient
                        + "' and resource_type = 'Consent' and version = 1 and query like 'Consent/%/_history/1 provision%'"
                        + " and request in (select request from audit_log where interaction in ('read', 'search-type',"
                        + " 'operation') and patient = '" + patient + "')"))
                .isEqualTo(3);
        var officer = server.personSession("privacy-kim");
        var logged = FhirSession.json(officer.get("Patient/" + patient + "/$access-log"));
        assertThat(logged.toString()).contains("AuthZ-Consent", "let Boris Brandt see the patient's record");
    }

    @Test
    @DisplayName("BG-02: a clerk is refused, and an alarm is raised")
    void isNotForClerks() {
        var clerk = new PersonInBrowser(server, clock, "clerk-lee").signIn();
        assertThat(clerk.declare("alice").statusCode()).isEqualTo(403);
        awaitAlarm("BG-02", "clerk-lee");
    }

    @Test
    @DisplayName("BG-03: an app whose user has not just given a factor on the page gets 401")
    void needsAFreshFactor() {
        var answer = doctor.exchange(doctor.token(), "carol");
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate"))
                .contains("Bearer error=\"insufficient_user_authentication\", max_age=\"300\"");
    }

    @Test
    @DisplayName(
            "BG-04, BG-07: the token opens no second patient, no search across patients, no export and no subscription")
    void opensNothingElse() {
        var emergency = doctor.breakGlass("alice");
        assertThat(brandt.get("Patient/bob").statusCode()).isEqualTo(200);
        var second = emergency.get("Patient/bob");
        assertThat(second.statusCode()).isEqualTo(404);
        assertThat(second.body()).isEqualTo(emergency.get("Patient/never-there").body());
        awaitAlarm("BG-04", "dr-brandt");

        for (var path : List.of("Patient?family=a", "Observation?patient=bob", "Observation?code=x")) {
            assertThat(emergency.get(path).statusCode()).as(path).isEqualTo(403);
        }
        for (var path : List.of("$export", "Patient/$export", "Group/g/$export")) {
            var answer = emergency.with("Prefer", "respond-async").get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(403);
        }
        assertThat(emergency.post("Subscription", """
                {"resourceType": "Subscription", "status": "requested", "reason": "x", "criteria": "Observation?patient=alice",
                 "channel": {"type": "rest-hook", "endpoint": "https://example.org"}}""").statusCode()).isEqualTo(403);
        assertThat(emergency.post("Observation", """
                {"resourceType": "Observation", "status": "final", "subject": {"reference": "Patient/alice"},
                 "code": {"text": "x"}}""").statusCode()).isEqualTo(403);
    }

    @Test
    @DisplayName("BG-05: a consent that denies BTG stays a denial")
    void staysClosedWhereTheConsentDeniesIt() {
        var patient = patient("permit", BTG.formatted("deny"));
        var pulse = observation(patient, "");
        var emergency = doctor.breakGlass(patient);
        assertThat(emergency.get(pulse).statusCode()).isEqualTo(404);
        assertThat(emergency.get("Patient/" + patient).statusCode()).isEqualTo(404);
    }

    @Test
    @DisplayName("BG-06: the token ends with the login session, and after half an hour")
    void ends() {
        var adams = new PersonInBrowser(server, clock, "dr-adams").signIn();
        var emergency = adams.breakGlass("bob");
        assertThat(emergency.get("Patient/bob").statusCode()).isEqualTo(200);
        adams.submit(adams.get("/account"), Map.of());
        awaitRefusal(emergency);

        var later = doctor.breakGlass("alice");
        assertThat(later.get("Patient/alice").statusCode()).isEqualTo(200);
        clock.move(Duration.ofMinutes(31));
        try {
            awaitRefusal(later);
            await().atMost(MINUTE).until(() -> rows("interaction = 'break-glass-ended' and patient = 'alice'") > 0);
        } finally {
            clock.move(Duration.ofMinutes(-31));
        }
    }

    @Test
    @DisplayName(
            "BG-08: officers and the patient are told when SMTP is back, and officers see it on their page at once")
    void tellsThoseConcerned() {
        var officer = new PersonInBrowser(server, clock, "privacy-kim").signIn();
        confirm(officer, "kim@watch.example");
        var alice = new PersonInBrowser(server, clock, "alice").signIn();
        confirm(alice, "alice@home.example");
        int port = mails.getSmtp().getPort();
        mails.stop();

        assertThat(doctor.declare("alice").statusCode()).isEqualTo(200);
        assertThat(officer.get("/break-glass/reviews").body()).contains("dr-brandt", "does not answer");

        mails = mailServer(port);
        Map.of("kim@watch.example", "/break-glass/reviews", "alice@home.example", "opened in an emergency")
                .forEach((address, words) -> {
                    var mail = await().atMost(MINUTE).until(() -> mail(address, words), Optional::isPresent);
                    assertThat(mail.orElseThrow()).doesNotContain("Patient/", "dr-brandt", "street");
                });
        var own = server.sessionWith(alice::patientToken);
        assertThat(own.get("Patient/alice/$access-log").body())
                .contains("declared an emergency to open your record")
                .doesNotContain("street");
    }

    @Test
    @DisplayName(
            "BG-10: the third time within a day becomes a task that privacy officers complete, and nobody else sees")
    void isReviewedWhenItHappensOften() {
        var adams = new PersonInBrowser(server, clock, "dr-adams").signIn();
        for (int time = 0; time < 3; time++) {
            assertThat(adams.declare("bob").statusCode()).isEqualTo(200);
        }
        awaitAlarm("AR-08", "dr-adams");
        var officer = server.personSession("privacy-kim");
        var task = officer.searchAll("Task?status=requested").stream()
                .filter(one ->
                        officer.get(one.at("/focus/reference").asText()).body().contains("Practitioner/dr-adams"))
                .findFirst()
                .orElseThrow();
        var path = "Task/" + task.path("id").asText();
        assertThat(task.path("priority").asText()).isEqualTo("urgent");
        assertThat(task.toString()).doesNotContain("bob", "Patient/", "street");
        assertThat(server.sessionWith(adams::token).get(path).statusCode()).isEqualTo(404);
        assertThat(put(officer, path, task.toString().replace("requested", "completed")))
                .isEqualTo(200);
        assertThat(put(officer, path, task.toString().replace("Broke the glass", "Broke nothing")))
                .isEqualTo(403);
        assertThat(FhirSession.json(officer.get(path)).path("status").asText()).isEqualTo("completed");
    }

    private static int put(FhirSession session, String path, String resource) {
        return session.send("PUT", path, FhirSession.FHIR_JSON, BodyPublishers.ofString(resource))
                .statusCode();
    }

    private static void confirm(PersonInBrowser person, String address) {
        person.giveAddress(address);
        var mail = await().atMost(MINUTE).until(() -> mail(address, "Confirm"), Optional::isPresent);
        var link = LINK.matcher(mail.orElseThrow());
        assertThat(link.find()).isTrue();
        assertThat(person.submit(person.get(link.group(1)), Map.of()).body()).contains("confirmed");
    }

    private static Optional<String> mail(String address, String words) {
        return Arrays.stream(mails.getReceivedMessages())
                .map(GreenMailUtil::getWholeMessage)
                .filter(mail -> mail.contains("To: " + address) && mail.contains(words))
                .reduce((first, last) -> last);
    }

    private static void awaitRefusal(FhirSession session) {
        var answer = await().atMost(Duration.ofSeconds(10))
                .until(() -> session.get("Patient/alice"), (HttpResponse<String> got) -> got.statusCode() == 401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer error=\"invalid_token\"");
    }

    private static void awaitAlarm(String rule, String actor) {
        await().atMost(MINUTE)
                .until(() -> database.number("select count(*) from anomaly_finding where rule = '" + rule
                                + "' and actor = '" + actor + "'")
                        == 1);
    }

    private static long rows(String condition) {
        return database.number("select count(*) from audit_log where " + condition);
    }

    private static String patient(String base, String exception) {
        var id = stored("Patient", """
                {"resourceType": "Patient", "name": [{"family": "Emergency"}]}""");
        stored("Consent", """
                {"resourceType": "Consent", "status": "active", "patient": {"reference": "Patient/%s"},
                 "scope": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/consentscope",
                   "code": "patient-privacy"}]},
                 "category": [{"coding": [{"system": "http://loinc.org", "code": "59284-0"}]}],
                 "policyRule": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "OPTIN"}]},
                 "provision": {"type": "%s", "provision": [%s]}}""".formatted(id, base, exception));
        return id;
    }

    private static String observation(String patient, String meta) {
        return "Observation/" + stored("Observation", """
                {"resourceType": "Observation", %s "status": "final", "subject": {"reference": "Patient/%s"},
                 "code": {"coding": [{"system": "http://loinc.org", "code": "8867-4"}]}}""".formatted(meta, patient));
    }

    private static String stored(String type, String resource) {
        return FhirSession.json(backend.post(type, resource)).path("id").asText();
    }
}
