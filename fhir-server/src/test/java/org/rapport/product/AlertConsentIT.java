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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
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
    private final OffsetDateTime time = OffsetDateTime.now(Clock.systemUTC()).truncatedTo(ChronoUnit.MILLIS);

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
        assertThat(alert().at("/owner/reference").asText()).isEqualTo("Practitioner/dr-adams");
        await().untilAsserted(() -> assertThat(messages()).containsExactly("completed Practitioner/dr-adams"));
    }

    @Test
    @DisplayName("when they deny it to the general practitioner, it is the care team's")
    void passesBySomebodyWhoIsDenied() {
        denyTo("Practitioner/dr-adams");
        breathless();
        assertThat(alert().at("/owner/reference").asText()).isEqualTo("Practitioner/care-jones");
        await().untilAsserted(() -> assertThat(messages()).containsExactly("completed Practitioner/care-jones"));
    }

    @Test
    @DisplayName("when they deny it to everybody, it waits without an owner and nobody gets a mail")
    void waitsForWhoeverMaySeeIt() {
        denyTo("Practitioner/dr-adams");
        denyTo("Practitioner/care-jones");
        breathless();
        assertThat(alert().path("owner").isMissingNode()).isTrue();
        assertThat(messages()).isEmpty();
    }

    @Test
    @DisplayName("a mail is not sent to who may not see the alert any more, and the record says so")
    void asksAgainBeforeAMail() {
        denyTo("Practitioner/dr-adams");
        var mails = mailsToTheDoctor();
        stored("Task", """
                {"resourceType": "Task", "status": "requested", "intent": "order", %s, "for": {"reference": "Patient/%s"},
                 "owner": {"reference": "Practitioner/dr-adams"}}
                """.formatted(ALERT_REVIEW, patient));
        await().untilAsserted(() -> assertThat(messages()).containsExactly("not-done Practitioner/dr-adams"));
        assertThat(mailsToTheDoctor()).hasSameSizeAs(mails);
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
        assertThat(label(alert())).isEqualTo("R");
        assertThat(label(backend.searchAll("DetectedIssue?patient=Patient/" + patient)
                        .get(0)))
                .isEqualTo("R");
    }

    private static String label(JsonNode resource) {
        return resource.at("/meta/security/0/code").asText();
    }

    /** Lets the device of the patient tell of too little oxygen. */
    private void breathless() {
        device.publish("oxygen-saturation", saturation(70));
    }

    private String saturation(int percent) {
        return "{\"value\":%d,\"unit\":\"%%\",\"timestamp\":\"%s\"}".formatted(percent, time);
    }

    private List<JsonNode> readings() {
        return backend.searchAll("Observation?patient=Patient/" + patient);
    }

    private JsonNode alert() {
        var search = "Task?patient=Patient/" + patient;
        await().until(() -> !backend.searchAll(search).isEmpty());
        return backend.searchAll(search).get(0);
    }

    /** Status and recipient of each message about the patient. */
    private List<String> messages() {
        return backend.searchAll("Communication?patient=Patient/" + patient).stream()
                .map(message -> message.path("status").asText() + " "
                        + message.at("/recipient/0/reference").asText())
                .toList();
    }

    private List<JsonNode> mailsToTheDoctor() {
        return new Mailbox(SHARED.server().origin()).to("dr-adams@example.org");
    }

    private void denyTo(String practitioner) {
        stored("Consent", """
                {"resourceType": "Consent", "status": "active", "patient": {"reference": "Patient/%s"},
                 "scope": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/consentscope",
                   "code": "patient-privacy"}]},
                 "category": [{"coding": [{"system": "http://loinc.org", "code": "59284-0"}]}],
                 "policyRule": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "OPTIN"}]},
                 "provision": {"type": "permit", "provision": [{"type": "deny", "actor": [
                   {"role": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v3-ParticipationType", "code": "IRCP"}]},
                    "reference": {"reference": "%s"}}]}]}}
                """.formatted(patient, practitioner));
    }

    private static void put(String path, String resource) {
        FhirSession.json(backend.send("PUT", path, FhirSession.FHIR_JSON, BodyPublishers.ofString(resource)));
    }

    private static String stored(String type, String resource) {
        return FhirSession.json(backend.post(type, resource)).path("id").asText();
    }
}
