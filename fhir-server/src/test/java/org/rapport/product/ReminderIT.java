package org.rapport.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.rapport.harness.FhirSession;
import org.rapport.harness.Mailbox;
import org.rapport.harness.SharedServer;

class ReminderIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    /** So far ahead that one of the two reminders is due, by less than the grace. */
    private static final Duration DUE = Duration.ofMinutes(115);

    @RegisterExtension
    static final SharedServer SHARED = new SharedServer();

    private static FhirSession fhir;
    private static Mailbox mailbox;

    @BeforeAll
    static void start() {
        fhir = SHARED.session("demo-backend");
        mailbox = new Mailbox(SHARED.server().origin());
    }

    @Test
    void becomesAMailWithALinkThatAButtonConfirms() {
        var id = book("anna", DUE);
        var mail = await().atMost(SOON)
                .until(() -> mailbox.to("anna@reminded.example"), found -> !found.isEmpty())
                .get(0);
        assertThat(mail.path("subject").asText()).isEqualTo("Your appointment");
        assertThat(mail.path("text").asText())
                .doesNotContainIgnoringCase("reminded")
                .doesNotContain(id);
        var link = MailedLink.in(mail);

        for (int opened = 0; opened < 3; opened++) {
            assertThat(link.open().statusCode()).isEqualTo(200);
        }
        assertThat(link.send("HEAD", "").statusCode()).isEqualTo(200);
        assertThat(link.send("POST", "act=confirm").statusCode()).isEqualTo(200);
        assertThat(version(id))
                .as("opening the link and posting without its form change nothing")
                .isEqualTo("1");

        var page = link.open();
        assertThat(page.body()).contains("Will you come?").doesNotContainIgnoringCase("reminded");
        assertThat(page.headers().firstValue("Referrer-Policy")).contains("no-referrer");
        assertThat(link.press(page, "confirm").body()).contains("you are expected");
        assertThat(patientStatus(id)).isEqualTo("accepted");

        var message = await().atMost(SOON)
                .until(
                        () -> messages("Appointment/" + id),
                        found -> !found.isEmpty()
                                && found.get(0).path("status").asText().equals("completed"))
                .get(0);
        assertThat(message.has("sent")).isTrue();
        assertThat(linkRows(id, "interaction = 'read' and status = 200 and patient is not null"))
                .as("each request at the link")
                .isEqualTo(7);
        assertThat(linkRows(id, "interaction = 'update' and version = 2")).isEqualTo(1);
        assertThat(mailbox.to("anna@reminded.example")).as("one mail, not two").hasSize(1);
        assertThat(new MailedLink(SHARED.server().origin() + "/demo").open().body())
                .contains("Appointment/" + id, "mail");
    }

    @Test
    void isCancelledByTwoPresses() {
        var id = book("ben", DUE);
        var mail = await().atMost(SOON)
                .until(() -> mailbox.to("ben@reminded.example"), found -> !found.isEmpty())
                .get(0);
        var link = MailedLink.in(mail);
        var asked = link.press(link.open(), "cancel");
        assertThat(asked.body()).contains("Cancel the appointment?");
        assertThat(version(id)).isEqualTo("1");
        assertThat(link.press(asked, "cancel-surely").body()).contains("is cancelled");
        assertThat(appointment(id).path("status").asText()).isEqualTo("cancelled");
        assertThat(link.open().statusCode()).isEqualTo(410);
        assertThat(new MailedLink(SHARED.server().origin() + "/a/" + "x".repeat(43))
                        .open()
                        .statusCode())
                .isEqualTo(410);
    }

    @Test
    void leadsNowhereAfterTheVisitChangedHands() {
        var id = book("dora", DUE);
        var mail = await().atMost(SOON)
                .until(() -> mailbox.to("dora@reminded.example"), found -> !found.isEmpty())
                .get(0);
        var link = MailedLink.in(mail);
        var page = link.open();
        var given = appointment(id).toString().replaceAll("Patient/[^\"]+", "Patient/erin");
        change(id, given);

        assertThat(link.open().statusCode()).isEqualTo(410);
        assertThat(link.press(page, "confirm").statusCode()).isEqualTo(410);
        assertThat(patientStatus(id)).isEqualTo("needs-action");
        assertThat(linkRows(id, "interaction = 'read' and status = 410")).isEqualTo(2);
    }

    @Test
    void isPlannedOnceAndWithdrawnWithTheAppointment() {
        var id = book("cleo", Duration.ofDays(5));
        await().atMost(SOON).until(() -> requests(id, "active").size() == 2);

        var cancelled = appointment(id).toString().replace("\"booked\"", "\"cancelled\"");
        change(id, cancelled);
        await().atMost(SOON).until(() -> requests(id, "revoked").size() == 2);
        assertThat(requests(id, "active")).isEmpty();
        assertThat(mailbox.to("cleo@reminded.example")).isEmpty();
    }

    @Test
    void tellsTheOwnerOfAnAlertAndNamesNoPatient() {
        var task = """
                {"resourceType": "Task", "status": "requested", "intent": "order", "priority": "stat",
                 "code": {"coding": [{"system": "urn:test", "code": "alert-review"}]},
                 "for": {"reference": "Patient/alice"}, "owner": {"reference": "Practitioner/care-jones"}}
                """;
        FhirSession.json(fhir.post("Task", task));
        var mail = await().atMost(SOON)
                .until(() -> mailbox.to("care-jones@example.org"), found -> !found.isEmpty())
                .get(0);
        assertThat(mail.toString()).doesNotContain("alice", "Anders");
        assertThat(mail.path("subject").asText()).isEqualTo("An alert needs you");
    }

    /** Books for a new patient, who has an address of that name. */
    private static String book(String name, Duration ahead) {
        var patient = FhirSession.json(fhir.post("Patient", """
                        {"resourceType": "Patient", "name": [{"family": "Reminded", "given": ["%s"]}],
                         "telecom": [{"system": "email", "value": "%s@reminded.example"}]}
                        """.formatted(name, name)))
                .path("id")
                .asText();
        var start = Instant.now(java.time.Clock.systemUTC()).plus(ahead).truncatedTo(ChronoUnit.SECONDS);
        var appointment = """
                {"resourceType": "Appointment", "status": "booked", "start": "%s", "end": "%s", "minutesDuration": 30,
                 "participant": [
                  {"actor": {"reference": "Patient/%s"}, "status": "needs-action"},
                  {"actor": {"reference": "Location/loc-north", "display": "North Clinic, Berlin"}, "status": "accepted"}]}
                """.formatted(start, start.plus(Duration.ofMinutes(30)), patient);
        return FhirSession.json(fhir.post("Appointment", appointment))
                .path("id")
                .asText();
    }

    private static long linkRows(String appointment, String condition) {
        return SHARED.database()
                .number("select count(*) from audit_log where subject = 'link' and resource_id = '" + appointment
                        + "' and " + condition);
    }

    private static JsonNode appointment(String id) {
        return FhirSession.json(fhir.get("Appointment/" + id));
    }

    private static String version(String id) {
        return appointment(id).at("/meta/versionId").asText();
    }

    private static String patientStatus(String id) {
        return appointment(id).at("/participant/0/status").asText();
    }

    private static List<JsonNode> requests(String appointment, String status) {
        return about(fhir.searchAll("CommunicationRequest?_count=200&status=" + status), "Appointment/" + appointment);
    }

    private static List<JsonNode> messages(String about) {
        return about(fhir.searchAll("Communication?_count=200"), about);
    }

    private static List<JsonNode> about(List<JsonNode> found, String reference) {
        return found.stream()
                .filter(each -> StreamSupport.stream(each.path("about").spliterator(), false)
                        .anyMatch(about -> about.path("reference").asText().equals(reference)))
                .toList();
    }

    private static void change(String id, String appointment) {
        var path = "Appointment/" + id;
        FhirSession.json(
                fhir.seeing(path).send("PUT", path, FhirSession.FHIR_JSON, BodyPublishers.ofString(appointment)));
    }
}
