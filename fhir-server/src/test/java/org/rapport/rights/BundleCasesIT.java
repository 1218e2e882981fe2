package org.rapport.rights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rapport.rights.World.assertDenied;
import static org.rapport.rights.World.assertInvalid;
import static org.rapport.rights.World.observation;
import static org.rapport.rights.World.resource;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.rapport.harness.FhirSession;
import org.rapport.harness.SharedServer;

/** What batches and transactions do by their entries is judged entry by entry. */
class BundleCasesIT {

    @RegisterExtension
    static final SharedServer SHARED = new SharedServer();

    private static World world;

    @BeforeAll
    static void prepare() {
        world = World.of(SHARED);
        world.store("Observation", "bx-bob", observation("bob", "bx"));
        world.store("Observation", "bx-alice", observation("alice", "bx"));
    }

    @Test
    @DisplayName("BX-001: hides in a batch")
    void hidesInABatch() {
        var answer = FhirSession.json(world.alice()
                .post("", bundle("batch", get("Patient/bob"), get("Patient/alice"), get("Observation?code=bx"))));
        assertThat(answer.at("/entry/0/response/status").asText()).startsWith("404");
        assertThat(answer.at("/entry/1/response/status").asText()).startsWith("200");
        assertThat(answer.at("/entry/2/resource").toString())
                .contains("bx-alice")
                .doesNotContain("bx-bob");
    }

    /** HAPI would run it as a transaction, and try that again. */
    @Test
    void staysABatchWhateverAHeaderAsksFor() {
        var steered = world.backend()
                .with("X-Transaction-Semantics", "retryCount=1;minRetryDelay=1;tryBatchAsTransactionFirst=true");
        var answer = FhirSession.json(steered.post("", bundle("batch", get("Patient/alice"), get("Patient/bob"))));
        assertThat(answer.path("type").asText()).isEqualTo("batch-response");
        assertThat(answer.path("entry")).hasSize(2);
    }

    /** A chain in a batch is asked in the caller's view like any other. */
    @Test
    void asksChainsInABatch() {
        var answer = FhirSession.json(world.drAdams()
                .post(
                        "",
                        bundle(
                                "batch",
                                get("Observation?patient.family=Anders&code=bx"),
                                get("Observation?patient.family=Baker&code=bx"))));
        assertThat(answer.at("/entry/0/resource").toString()).contains("bx-alice");
        assertThat(answer.at("/entry/1/resource").toString()).doesNotContain("bx-bob", "bx-alice");
    }

    @Test
    @DisplayName("BX-003, BX-007: an entry needs its url, one that fits what it does, and a name of its own")
    void refusesWhatIsMalformed() {
        for (var session : List.of(world.backend(), world.drAdams())) {
            for (var type : List.of("batch", "transaction")) {
                assertInvalid(session.post("", bundle(type, "{\"resource\": " + bundle("batch") + "}")));
                assertInvalid(session.post("", bundle(type, "{\"resource\": {\"resourceType\": \"Parameters\"}}")));
                assertInvalid(session.post("", bundle(type, entry("POST", "Patient"))));
            }
            var twice = "\"fullUrl\": \"urn:uuid:3f5c1c5e-7d3c-4d0e-9c43-0d2f6a3f0f11\", ";
            var named = entry("POST", "Observation").replaceFirst("\\{", "{" + twice);
            assertInvalid(session.post("", bundle("transaction", named, named)));
        }
    }

    @Test
    @DisplayName("BX-007: the url of an entry fits its method, in a batch too")
    void refusesAnUrlThatDoesNotFit() {
        for (var session : List.of(world.backend(), world.drAdams())) {
            for (var type : List.of("batch", "transaction")) {
                assertInvalid(session.post("", bundle(type, entry("POST", "Observation/bx-alice"))));
                assertInvalid(session.post("", bundle(type, entry("PUT", "Observation"))));
            }
        }
    }

    @Test
    @DisplayName("BX-005: answers a reference by search as one without match")
    void answersAReferenceBySearchAsOneWithoutMatch() {
        var hidden = world.drAdams().post("", bundle("transaction", referring("Patient?family=Baker")));
        var unknown = world.drAdams().post("", bundle("transaction", referring("Patient?family=Nobody")));
        assertThat(hidden.statusCode()).isEqualTo(412);
        assertThat(World.normalised(hidden)).isEqualTo(World.normalised(unknown));
    }

    @Test
    @DisplayName("BX-009: whatever the order of the entries, the authorization is the same")
    void decidesTheSameInEveryOrder() {
        var put = entry("PUT", "Observation/bx-alice").replace("\"id\": \"x\"", "\"id\": \"bx-alice\"");
        var delete = "{\"request\": {\"method\": \"DELETE\", \"url\": \"Observation/bx-alice\"}}";
        var entries = List.of(get("Observation/bx-alice"), put, referring("Patient/alice"));
        for (var permitted : orders(entries)) {
            var answer = world.drAdams().post("", bundle("transaction", permitted.toArray(String[]::new)));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        }
        for (var more : List.of(delete, get("Basic/1"))) {
            for (var denied :
                    orders(Stream.concat(entries.stream(), Stream.of(more)).toList())) {
                assertDenied(world.drAdams().post("", bundle("transaction", denied.toArray(String[]::new))));
            }
        }
        assertThat(world.backend().get("Observation/bx-alice").statusCode()).isEqualTo(200);
    }

    private static List<List<String>> orders(List<String> entries) {
        return entries.isEmpty()
                ? List.of(List.of())
                : entries.stream()
                        .flatMap(first ->
                                orders(entries.stream()
                                                .filter(entry -> !entry.equals(first))
                                                .toList())
                                        .stream()
                                        .map(rest -> Stream.concat(Stream.of(first), rest.stream())
                                                .toList()))
                        .toList();
    }

    /** An entry with an Observation of Alice. */
    private static String entry(String method, String url) {
        return "{\"resource\": %s, \"request\": {\"method\": \"%s\", \"url\": \"%s\"}}"
                .formatted(resource("Observation", "x", observation("alice", "bx")), method, url);
    }

    private static String referring(String patient) {
        return "{\"resource\": %s, \"request\": {\"method\": \"POST\", \"url\": \"Observation\"}}"
                .formatted(resource("Observation", "x", observation("alice", "bx"))
                        .replace("\"reference\": \"Patient/alice\"", "\"reference\": \"" + patient + "\""));
    }

    private static String get(String url) {
        return "{\"request\": {\"method\": \"GET\", \"url\": \"" + url + "\"}}";
    }

    private static String bundle(String type, String... entries) {
        return "{\"resourceType\": \"Bundle\", \"type\": \"%s\", \"entry\": [%s]}"
                .formatted(type, String.join(",", entries));
    }
}
