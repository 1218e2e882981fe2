package org.rapport.product;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.rapport.harness.FhirSession;
import org.rapport.harness.OutsideDatabase;
import org.rapport.harness.SharedServer;

class BadInputIT {

    @RegisterExtension
    static final SharedServer SHARED = new SharedServer();

    private static OutsideDatabase database;
    private static FhirSession fhir;

    private long stored;

    @BeforeAll
    static void start() {
        database = SHARED.database();
        fhir = SHARED.session("demo-backend");
    }

    @BeforeEach
    void count() {
        stored = resources();
    }

    @AfterEach
    void nothingWasStored() {
        assertThat(resources()).isEqualTo(stored);
    }

    @Test
    void refusesBrokenJson() {
        assertOutcome(fhir.post("Patient", "{\"resourceType\": \"Patient\", "), 400);
    }

    @Test
    void refusesAnXmlDoctype() {
        var xml = """
                <?xml version="1.0"?><!DOCTYPE Patient [<!ENTITY who SYSTEM "file:///etc/hostname">]>
                <Patient xmlns="http://hl7.org/fhir"><name><family value="&who;"/></name></Patient>
                """;
        assertOutcome(fhir.send("POST", "Patient", "application/fhir+xml", BodyPublishers.ofString(xml)), 400);
    }

    @Test
    void refusesNestingWithoutEnd() {
        var depth = 10_000;
        var body = "{\"resourceType\": \"Patient\", \"extension\": " + "[{\"url\": \"u\", \"extension\": ".repeat(depth)
                + "[]" + "}]".repeat(depth) + "}";
        assertOutcome(fhir.post("Patient", body), 400);
    }

    @Test
    void refusesABodyOf50Megabytes() {
        var body = "{\"resourceType\": \"Patient\", \"name\": [{\"family\": \"" + "a".repeat(50_000_000) + "\"}]}";
        assertOutcome(fhir.post("Patient", body), 413);
    }

    @Test
    void doesNotKnowATypeThatFhirDoesNotKnow() {
        assertOutcome(fhir.get("Unicorn/1"), 404);
        assertOutcome(fhir.post("Unicorn", "{\"resourceType\": \"Unicorn\"}"), 404);
    }

    @Test
    void refusesWhatIsNeitherJsonNorXml() {
        var body = BodyPublishers.ofString(TestPatients.named("Text"));
        assertOutcome(fhir.send("POST", "Patient", "text/plain", body), 415);
    }

    @Test
    void refusesAResourceOfAnotherType() {
        assertOutcome(fhir.post("Observation", TestPatients.named("NotAnObservation")), 400);
    }

    @Test
    void capsAPageAt200() {
        var patients = IntStream.range(0, 201)
                .mapToObj(number -> TestPatients.identified("page-" + number))
                .toList();
        FhirSession.json(fhir.post("", TestPatients.transaction(patients)));
        stored = resources();
        var page = FhirSession.json(fhir.get("Patient?_count=1000000"));
        assertThat(page.path("entry").size()).isEqualTo(200);
    }

    private static void assertOutcome(HttpResponse<String> response, int status) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        var outcome = FhirSession.parsed(response.body());
        assertThat(outcome.path("resourceType").asText()).isEqualTo("OperationOutcome");
        assertThat(response.body()).doesNotContain("Exception", "ca.uhn", "\\tat ");
    }

    private static long resources() {
        return database.number("select count(*) from hfj_resource where res_type in ('Patient', 'Observation')");
    }
}
