package org.rapport.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rapport.harness.DeviceClient;
import org.rapport.harness.FhirSession;
import org.rapport.harness.Mailbox;
import org.rapport.harness.SharedServer;

@DisplayName("Whom the patient's consents let an alert reach")
class AlertConsentIT {

    private static final String ALERT_REVIEW =
            "\"code\": {\"coding\": [{\"system\": \"https://rapport.example/fhir/CodeSystem/alert\", \"code\": \"alert-review\"}]}";

    @RegisterExtension
    static final SharedServer SHARED = new SharedServer();

    private static FhirSession backend;
    private static NewDevice registered;
    private static DeviceClient device;

    private String patient = "";
    private OffsetDateTime time = OffsetDateTime.now(Clock.systemUTC()).truncatedTo(ChronoUnit.MILLIS);

    @BeforeAll
    static void start() {
        backend = SHARED.session("demo-backend");
        registered = NewDevice.of("erin", "Oximeter", SHARED);
        device = registered.connect();
    }

    @AfterAll
    static void disconnect() {
        device.close();
    }

    /** The device goes to another patient each time. */
    @BeforeEach
    void store() {
        patient = stored("Patient", """
                {"resourceType": "Patient", "generalPractitioner": [{"reference": "Practitioner/dr-adams"}]}
                """);
        stored("CareTeam", """
                {"resourceType": "CareTeam", "status": "active", "subject": {"reference": "Patient/%s"},
                 "participant": [{"member": {"reference": "Practitioner/care-jones"}}]}
                """.formatted(patient));
        put("Device/" + registered.id(), """
                {"resourceType": "Device", "id": "%s", "patient": {"reference": "Patient/%s"}}
                """.formatted(registered.id(), patient));
    }

    @Test
    @DisplayName("without any it is the general practitioner's")
    void reachesTheGeneralPractitioner() {
        breathless();
        assertThat(owners()).containsExactly("requested Practitioner/dr-adams");
        await().untilAsserted(() -> assertThat(messages()).containsExactly("completed Practitioner/dr-adams"));
    }

    @ParameterizedTest
    @DisplayName("when they deny any of it to the general practitioner, it is the care team's")
    @ValueSource(strings = {"", "Observation", "DetectedIssue", "Task"})
    void passesBySomebodyWhoIsDenied(String type) {
        deny("Practitioner/dr-adams", type);
        breathless();
        assertThat(owners()).containsExactly("requested Practitioner/care-jones");
        await().untilAsserted(() -> assertThat(messages()).containsExactly("completed Practitioner/care-jones"));
    }

    @Test
    @DisplayName(
            "when they deny it to everybody, it waits without an owner and a mail, until a further reading finds somebody")
    void waitsForWhoeverMaySeeIt() {
        var consent = deny("Practitioner/dr-adams", "");
        deny("Practitioner/care-jones", "");
        breathless();
        assertThat(owners()).containsExactly("requested ");
        breathless();
        await().until(() -> readings().size() == 2);
        assertThat(owners()).containsExactly("requested ");

        withdraw(consent);
        breathless();
        await().untilAsserted(() ->
                assertThat(owners()).containsExactlyInAnyOrder("cancelled ", "requested Practitioner/dr-adams"));
        await().untilAsserted(() -> assertThat(messages()).containsExactly("completed Practitioner/dr-adams"));
        assertThat(backend.searchAll("DetectedIssue?patient=Patient/" + patient))
                .hasSize(1);
    }

    @Test
    @DisplayName(
            "a further reading passes it on from an owner to whom they deny it meanwhile, unless the owner has taken it up")
    void passesOnWhatIsNotTakenUp() {
        breathless();
        assertThat(owners()).containsExactly("requested Practitioner/dr-adams");
        var denied = deny("Practitioner/dr-adams", "");
        breathless();
        await().untilAsserted(() -> assertThat(owners())
                .containsExactlyInAnyOrder("cancelled Practitioner/dr-adams", "requested Practitioner/care-jones"));

        deny("Practitioner/care-jones", "");
        withdraw(denied);
        change("requested", task -> task.put("status", "in-progress"));
        breathless();
        await().until(() -> readings().size() == 3);
        assertThat(owners())
                .containsExactlyInAnyOrder("cancelled Practitioner/dr-adams", "in-progress Practitioner/care-jones");
    }

    @Test
    @DisplayName("what somebody gave to a team stays with it")
    void leavesItWithATeam() {
        breathless();
        assertThat(owners()).containsExactly("requested Practitioner/dr-adams");
        change("requested", task -> task.putObject("owner").put("reference", "CareTeam/team-carol"));
        breathless();
        await().until(() -> readings().size() == 2);
        assertThat(owners()).containsExactly("requested CareTeam/team-carol");
    }

    private static void withdraw(String consent) {
        FhirSession.json(backend.send("DELETE", consent, "", BodyPublishers.noBody()));
    }

    private void change(String status, Consumer<ObjectNode> change) {
        var task = backend.searchAll("Task?patient=Patient/" + patient + "&status=" + status)
                .get(0);
        change.accept((ObjectNode) task);
        put("Task/" + task.path("id").asText(), task.toString());
    }

    @Test
    @DisplayName(
            "a role owns it and has its mail as long as it is active, whoever else its practitioner is to the patient")
    void reachesWhoWorksInARole() {
        var active = """
                {"resourceType": "PractitionerRole", "active": true, "practitioner": {"reference": "Practitioner/dr-adams"}}
                """;
        var role = "PractitionerRole/" + stored("PractitionerRole", active);
        treatedBy(role, "Practitioner/dr-adams");
        breathless();
        assertThat(owners()).containsExactly("requested " + role);
        await().untilAsserted(() -> assertThat(messages()).containsExactly("completed " + role));
        var task = backend.searchAll("Task?patient=Patient/" + patient).get(0);
        assertThat(mailsToTheDoctor())
                .anyMatch(mail -> mail.contains("Task: " + task.path("id").asText()));

        var ended = active.replace("{\"resourceType\"", "{\"id\": \"" + role.split("/", 2)[1] + "\", \"resourceType\"");
        put(role, ended.replace("true", "false"));
        breathless();
        await().untilAsserted(() ->
                assertThat(owners()).containsExactlyInAnyOrder("cancelled " + role, "requested Practitioner/dr-adams"));
    }

    @Test
    @DisplayName("a practitioner who is not active is passed by")
    void passesBySomebodyWhoHasLeft() {
        treatedBy("Practitioner/" + stored("Practitioner", "{\"resourceType\": \"Practitioner\", \"active\": false}"));
        breathless();
        assertThat(owners()).containsExactly("requested Practitioner/care-jones");
    }

    private void treatedBy(String... practitioners) {
        put("Patient/" + patient, """
                {"resourceType": "Patient", "id": "%s", "generalPractitioner": [%s]}
                """.formatted(
                        patient,
                        Stream.of(practitioners)
                                .map("{\"reference\": \"%s\"}"::formatted)
                                .collect(Collectors.joining(","))));
    }

    @ParameterizedTest
    @DisplayName("a mail is not sent to who may not see the alert or its reading any more, and the record says so")
    @ValueSource(strings = {"", "Observation"})
    void asksAgainBeforeAMail(String type) {
        deny("Practitioner/dr-adams", type);
        var reading = stored("Observation", """
                {"resourceType": "Observation", "status": "final", "subject": {"reference": "Patient/%s"},
                 "code": {"coding": [{"system": "http://loinc.org", "code": "59408-5"}]}}
                """.formatted(patient));
        var issue = stored("DetectedIssue", """
                {"resourceType": "DetectedIssue", "status": "final", "patient": {"reference": "Patient/%s"},
                 "implicated": [{"reference": "Observation/%s"}]}
                """.formatted(patient, reading));
        var task = stored("Task", """
                {"resourceType": "Task", "status": "requested", "intent": "order", %s, "for": {"reference": "Patient/%s"},
                 "focus": {"reference": "DetectedIssue/%s"}, "owner": {"reference": "Practitioner/dr-adams"}}
                """.formatted(ALERT_REVIEW, patient, issue));
        await().untilAsserted(() -> assertThat(messages()).containsExactly("not-done Practitioner/dr-adams"));
        assertThat(mailsToTheDoctor()).noneMatch(mail -> mail.contains("Task: " + task));
    }

    private static Stream<String> mailsToTheDoctor() {
        return new Mailbox(SHARED.server().origin())
                .to("dr-adams@example.org").stream()
                        .map(mail -> mail.path("text").asText());
    }

    @Test
    @DisplayName("an alert is labelled as the reading that it tells of")
    void isAsSecretAsItsReading() {
        device.publish("oxygen-saturation", saturation(97));
        await().until(() -> !readings().isEmpty());
        var reading = (ObjectNode) readings().get(0);
        reading.withObject("/meta")
                .withArray("security")
                .addObject()
                .put("system", "http://terminology.hl7.org/CodeSystem/v3-Confidentiality")
                .put("code", "R");
        put("Observation/" + reading.path("id").asText(), reading.toString());
        device.publish("oxygen-saturation", saturation(70));
        for (var type : List.of("Task", "DetectedIssue", "Communication")) {
            var search = type + "?patient=Patient/" + patient;
            await().until(() -> !backend.searchAll(search).isEmpty());
            assertThat(backend.searchAll(search)
                            .get(0)
                            .at("/meta/security/0/code")
                            .asText())
                    .as(type)
                    .isEqualTo("R");
        }
    }

    /** Lets the device of the patient tell of too little oxygen, each time a moment later. */
    private void breathless() {
        device.publish("oxygen-saturation", saturation(70));
        time = time.plus(1, ChronoUnit.MILLIS);
    }

    private String saturation(int percent) {
        return "{\"value\":%d,\"unit\":\"%%\",\"timestamp\":\"%s\"}".formatted(percent, time);
    }

    private List<JsonNode> readings() {
        return backend.searchAll("Observation?patient=Patient/" + patient);
    }

    /** Status and owner of each alert, once there is one. */
    private List<String> owners() {
        var search = "Task?patient=Patient/" + patient;
        await().until(() -> !backend.searchAll(search).isEmpty());
        return backend.searchAll(search).stream()
                .map(task -> task.path("status").asText() + " "
                        + task.at("/owner/reference").asText())
                .toList();
    }

    /** Status and recipient of each message about the patient. */
    private List<String> messages() {
        return backend.searchAll("Communication?patient=Patient/" + patient).stream()
                .map(message -> message.path("status").asText() + " "
                        + message.at("/recipient/0/reference").asText())
                .toList();
    }

    private String deny(String practitioner, String type) {
        return "Consent/" + stored("Consent", DeniedPractitioner.consent(patient, practitioner, type));
    }

    private static void put(String path, String resource) {
        FhirSession.json(backend.send("PUT", path, FhirSession.FHIR_JSON, BodyPublishers.ofString(resource)));
    }

    private static String stored(String type, String resource) {
        return FhirSession.json(backend.post(type, resource)).path("id").asText();
    }
}
