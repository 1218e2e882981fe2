package org.rapport.rights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.rapport.rights.BulkClient.async;
import static org.rapport.rights.BulkClient.finished;
import static org.rapport.rights.BulkClient.manifest;
import static org.rapport.rights.BulkClient.statusUrl;
import static org.rapport.rights.BulkClient.text;
import static org.rapport.rights.World.assertDenied;
import static org.rapport.rights.World.assertHidden;
import static org.rapport.rights.World.assertInvalid;
import static org.rapport.rights.World.observation;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rapport.harness.FhirSession;
import org.rapport.harness.SharedServer;

/** Bulk export: by the rights of a system and by the consents of the patients. */
class ExportIT {

    private static final String PATIENTS = "Patient/$export";
    private static final String BOTH = "Group/export-both/$export";
    private static final String ONLY_A = "Group/export-a/$export";

    @RegisterExtension
    static final SharedServer SHARED = new SharedServer();

    private static World world;
    private static FhirSession backend;

    @BeforeAll
    static void prepare() {
        world = World.of(SHARED);
        backend = async(world.backend());
        for (var id : List.of("export-a", "export-b", "export-c")) {
            world.store("Patient", id, "\"name\": [{\"family\": \"Exported\"}]");
            world.store("Observation", "of-" + id, observation(id, "exported"));
        }
        world.store("Appointment", "of-export-both", """
                "status": "booked", "participant": [
                  {"status": "accepted", "actor": {"reference": "Patient/export-a"}},
                  {"status": "accepted", "actor": {"reference": "Patient/export-b"}}]""");
        Cohorts.group(world, "export-a", "export-a");
        Cohorts.group(world, "export-both", "export-a", "export-b");
        Cohorts.group(world, "export-asked", "export-a", "export-c");
        Cohorts.group(world, "export-nobody");
    }

    @DisplayName("EX-001 people export nothing")
    @ParameterizedTest
    @ValueSource(strings = {PATIENTS, "$export", BOTH, "Group/never-there/$export"})
    void isForSystemsAlone(String operation) {
        for (var person : List.of(async(world.alice()), async(world.drAdams()))) {
            assertDenied(person.get(operation));
            assertDenied(person.post(operation, "{\"resourceType\": \"Parameters\"}"));
        }
    }

    @Test
    @DisplayName("EX-002 the right to one group opens no other")
    void isOfTheGroupThatTheScopeNames() {
        var limited = narrow("system/Group.rs?_id=export-a system/Patient.rs system/Observation.rs");
        assertDenied(limited.get(BOTH));
        assertThat(World.normalised(limited.get(BOTH)))
                .isEqualTo(World.normalised(limited.get("Group/never-there/$export")));
        assertThat(text(limited, finished(limited, limited.get(ONLY_A))))
                .contains("of-export-a")
                .doesNotContain("export-b", "Appointment");
    }

    @Test
    @DisplayName("EX-002 with the devices of the patients their metrics come, and no others")
    void holdsTheMetricsOfDevices() {
        for (var patient : List.of("export-a", "export-b")) {
            world.store("Device", "of-" + patient, "\"patient\": {\"reference\": \"Patient/" + patient + "\"}");
            world.store("DeviceMetric", "of-" + patient, """
                    "type": {"text": "x"}, "category": "setting", "source": {"reference": "Device/of-%s"}""".formatted(patient));
        }
        assertThat(text(backend, finished(backend, backend.get(ONLY_A + "?_type=DeviceMetric"))))
                .contains("Device/of-export-a")
                .doesNotContain("export-b");
        for (var type : List.of("DeviceMetric", "Device")) {
            World.delete(backend, type + "/of-export-a");
            World.delete(backend, type + "/of-export-b");
        }
    }

    @Test
    @DisplayName("EX-003 the right to one patient opens no other")
    void isOfThePatientsThatTheScopeNames() {
        var limited = narrow("system/Patient.rs?_id=export-a system/Observation.rs");
        assertDenied(limited.get(PATIENTS + "?patient=export-a,export-b"));
        assertDenied(limited.get(PATIENTS + "?patient=export-a,never-there"));
        assertDenied(limited.post(PATIENTS, """
                {"resourceType": "Parameters", "parameter": [
                  {"name": "patient", "valueReference": {"reference": "Patient/export-a"}},
                  {"name": "patient", "valueReference": {"reference": "Patient/export-b"}}]}"""));
        for (var all : List.of(PATIENTS, "$export")) {
            assertThat(text(limited, finished(limited, limited.get(all))))
                    .contains("of-export-a")
                    .doesNotContain("export-b", "alice");
        }
        assertThat(backend.get(PATIENTS + "?patient=never-there").statusCode()).isEqualTo(404);
    }

    @Test
    @DisplayName("EX-005 a type outside of the scope is refused, and not in an export of all types")
    void isOfTheTypesThatTheScopeNames() {
        var limited = narrow("system/Group.rs system/Patient.rs system/Observation.rs");
        assertDenied(limited.get(BOTH + "?_type=Observation,Condition"));
        var manifest = finished(limited, limited.get(BOTH));
        assertThat(manifest.path("output").findValuesAsText("type")).containsExactly("Observation", "Patient");
        var byPost = limited.post(BOTH, """
                {"resourceType": "Parameters", "parameter": [{"name": "_type", "valueString": "Patient"}]}""");
        assertThat(finished(limited, byPost).path("output").findValuesAsText("type"))
                .containsExactly("Patient");
    }

    @Test
    @DisplayName("EX-007, OP-021 status and files are for the client that asked")
    void isHandedToTheClientThatAsked() throws IOException, InterruptedException {
        var status = statusUrl(backend.get(ONLY_A));
        var manifest = manifest(backend, status);
        assertThat(manifest.path("requiresAccessToken").asBoolean()).isTrue();
        assertThat(manifest.path("request").asText()).endsWith("/fhir/" + ONLY_A);
        var file = manifest.at("/output/0/url").asText();
        var other = SHARED.session("demo-reader");
        var unknown = "00000000-0000-4000-8000-000000000000";
        for (var url : List.of(status, file)) {
            assertHidden(other.get(url), other.get(url.replaceFirst("job=[0-9a-f-]+", "job=" + unknown)));
            assertDenied(world.alice().get(url));
            var anonymous = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
            assertThat(anonymous.statusCode()).isEqualTo(401);
            assertThat(anonymous.headers().firstValue("WWW-Authenticate")).contains("Bearer error=\"invalid_token\"");
            assertThat(anonymous.body()).contains("\"code\":\"login\"");
        }
        assertThat(World.delete(other, status).statusCode()).isEqualTo(404);
        assertThat(backend.get(file).statusCode()).isEqualTo(200);

        assertThat(World.delete(backend, status).statusCode()).isEqualTo(202);
        assertThat(backend.get(status).statusCode()).isEqualTo(404);
        assertThat(backend.get(file).statusCode()).isEqualTo(404);
    }

    @Test
    @DisplayName("EX-009 who denies before it is written or fetched is absent, and nothing tells of it")
    void asksTheConsentsWhenItWritesAndWhenItIsFetched() {
        var cohort = "Group/export-asked/$export";
        var accepted = beforeItRuns(() -> {
            var answer = backend.get(cohort);
            assertThat(backend.get(statusUrl(answer)).statusCode()).isEqualTo(202);
            Cohorts.consent(world, "active");
            return answer;
        });
        var manifest = finished(backend, accepted);
        assertThat(text(backend, manifest)).contains("of-export-a").doesNotContain("export-c");
        assertThat(manifest.toString()).doesNotContain("count");

        Cohorts.consent(world, "inactive");
        var written = finished(backend, backend.get(cohort));
        assertThat(text(backend, written)).contains("of-export-c");
        Cohorts.consent(world, "active");
        await().atMost(Duration.ofSeconds(2))
                .untilAsserted(() -> assertThat(text(backend, written))
                        .contains("of-export-a")
                        .doesNotContain("export-c"));
        Cohorts.consent(world, "inactive");
    }

    @Test
    @DisplayName("EX-011 a third export at the same time gets a 429")
    void runsTwiceForAClientAtMost() {
        var reader = async(SHARED.session("demo-reader"));
        var nobody = "Group/export-nobody/$export";
        var accepted = beforeItRuns(() -> {
            var first = List.of(reader.get(nobody), reader.get(nobody));
            var third = reader.get(nobody);
            assertThat(third.statusCode()).isEqualTo(429);
            assertThat(third.headers().firstValue("Retry-After")).isPresent();
            assertThat(third.body()).contains("throttled");
            var others = statusUrl(backend.get(nobody));
            assertThat(World.delete(backend, others).statusCode()).isEqualTo(202);
            return first;
        });
        accepted.forEach(
                answer -> assertThat(finished(reader, answer).path("output")).isEmpty());
        assertThat(World.delete(reader, statusUrl(reader.get(nobody))).statusCode())
                .isEqualTo(202);
    }

    @Test
    @DisplayName("EX-013 without Prefer: respond-async, and with what is not supported, it is a 400")
    void refusesWhatItDoesNotSupport() {
        assertInvalid(world.backend().get(BOTH));
        for (var query : List.of("_outputFormat=csv", "_typeFilter=Patient?active=true", "x=y", "_type=Nonsense")) {
            assertInvalid(backend.get(BOTH + "?" + query));
        }
        assertThat(backend.get("Group/never-there/$export").statusCode()).isEqualTo(404);
        var lenient = world.backend().with("Prefer", "respond-async, handling=lenient");
        var accepted = lenient.get(BOTH + "?_elements=id&_type=Patient,Nonsense");
        assertThat(accepted.body()).contains("not-supported").doesNotContain("Nonsense");
        assertThat(finished(backend, accepted).path("output").findValuesAsText("type"))
                .containsExactly("Patient");
    }

    @Test
    @DisplayName(
            "the members are those of the time when it runs, the resources those of the time when it was asked for")
    void isOfItsTime() {
        Cohorts.group(world, "export-moving", "export-a", "export-b");
        var accepted = beforeItRuns(() -> {
            var answer = backend.get("Group/export-moving/$export?_type=Observation");
            Cohorts.group(world, "export-moving", "export-a");
            world.store("Observation", "too-late", observation("export-a", "exported"));
            return answer;
        });
        var manifest = finished(backend, accepted);
        assertThat(text(backend, manifest)).contains("of-export-a").doesNotContain("export-b", "too-late");

        var since = "&_since=" + manifest.path("transactionTime").asText();
        assertThat(text(backend, finished(backend, backend.get(ONLY_A + "?_type=Observation" + since))))
                .contains("too-late")
                .doesNotContain("of-export-a");
        assertThat(World.delete(backend, "Observation/too-late").statusCode()).isEqualTo(200);
    }

    @Test
    @DisplayName("a resource of two patients is in it once, and only with both of them")
    void holdsWhatIsSharedOnlyForAll() {
        assertThat(text(backend, finished(backend, backend.get(ONLY_A)))).doesNotContain("of-export-both", "export-b");
        assertThat(text(backend, finished(backend, backend.get(BOTH)))).containsOnlyOnce("of-export-both");
    }

    @Test
    @DisplayName("a token of less scope fetches no type that it does not open")
    void isFetchedByTheScopesOfTheTime() {
        var manifest = finished(backend, backend.get(ONLY_A + "?_type=Observation"));
        assertDenied(
                narrow("system/Patient.rs").get(manifest.at("/output/0/url").asText()));
    }

    @Test
    void isAmongTheCapabilities() {
        var resources = FhirSession.json(backend.get("metadata")).at("/rest/0/resource");
        for (var type : List.of("Group", "Patient")) {
            assertThat(resources)
                    .filteredOn(resource -> resource.path("type").asText().equals(type))
                    .singleElement()
                    .satisfies(resource -> assertThat(resource.path("operation").findValuesAsText("name"))
                            .contains("export"));
        }
    }

    @Test
    void isPackedForWhoAsks() {
        var manifest = finished(backend, backend.get(ONLY_A + "?_type=Patient"));
        var file = manifest.at("/output/0/url").asText();
        assertThat(backend.get(file).headers().firstValue("Content-Type")).hasValue("application/fhir+ndjson");
        assertThat(backend.with("Accept-Encoding", "gzip").get(file).headers().firstValue("Content-Encoding"))
                .hasValue("gzip");
    }

    /** No export begins while a transaction is open that is older than it. */
    private static <T> T beforeItRuns(Supplier<T> what) {
        return OpenTransaction.during(SHARED.database(), what);
    }

    private static FhirSession narrow(String scope) {
        return async(SHARED.server().narrowSession("demo-backend", scope));
    }
}
