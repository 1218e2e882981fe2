package org.rapport.rights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rapport.rights.World.assertDenied;
import static org.rapport.rights.World.assertInvalid;
import static org.rapport.rights.World.observation;
import static org.rapport.rights.World.resource;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rapport.harness.FhirSession;
import org.rapport.harness.SharedServer;

/** What creates only when nothing matches looks for that in the view of who creates. */
class ConditionalCreateIT {

    private static final int AT_A_TIME = 8;
    private static final String TAG = "urn:rapport:test:condition";

    @RegisterExtension
    static final SharedServer SHARED = new SharedServer();

    private static World world;

    @BeforeAll
    static void prepare() {
        world = World.of(SHARED);
        world.store("Observation", "cc-bob", numbered("bob", "hidden"));
        world.store("Observation", "cc-alice", numbered("alice", "seen"));
        world.store("Observation", "cc-first", numbered("alice", "two"));
        world.store("Observation", "cc-second", numbered("alice", "two"));
    }

    @Test
    @DisplayName("WR-010: what is hidden does not match, and what is visible is answered instead")
    void looksInTheVisible() {
        var made = create(world.drAdams(), "hidden", numbered("alice", "hidden"));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        assertThat(id(made)).isNotEqualTo("cc-bob");
        var again = create(world.drAdams(), "hidden", numbered("alice", "hidden"));
        assertThat(again.statusCode()).as(again.body()).isEqualTo(200);
        assertThat(id(again)).isEqualTo(id(made));
        var seen = create(world.drAdams(), "seen", numbered("alice", "seen"));
        assertThat(seen.statusCode()).isEqualTo(200);
        assertThat(id(seen)).isEqualTo("cc-alice");
        assertThat(seen.headers().firstValue("Location").orElse("")).contains("Observation/cc-alice/_history/");
        var several = create(world.drAdams(), "two", numbered("alice", "two"));
        assertThat(several.statusCode()).isEqualTo(412);
        assertThat(several.body()).doesNotContain("cc-first", "cc-second");
    }

    @Test
    @DisplayName("WR-010: the hidden and the unknown have the same answer")
    void tellsNothingOfTheHidden() {
        var reader = SHARED.server().narrowSession("demo-backend", "system/Observation.r");
        for (var condition : List.of("hidden-too", "unknown")) {
            if (condition.equals("hidden-too")) {
                world.store("Observation", "cc-hidden-too", numbered("bob", condition));
            }
            var made = create(world.drAdams(), condition, numbered("alice", condition));
            assertThat(made.statusCode()).isEqualTo(201);
            assertThat(FhirSession.json(made).at("/subject/reference").asText()).isEqualTo("Patient/alice");
            assertThat(reader.get("Observation/" + id(made)).statusCode()).isEqualTo(200);
        }
    }

    @Test
    @DisplayName("WR-010: nobody creates a patient for themselves, and nothing out of reach")
    void createsNothingOutOfReach() {
        var patient = "{\"resourceType\": \"Patient\"}";
        assertDenied(world.alice().post("Patient", patient));
        assertDenied(world.alice().with("If-None-Exist", "_id=bob").post("Patient", patient));
        assertDenied(create(world.drAdams(), "unknown-too", numbered("bob", "unknown-too")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"identifier", "unheard-of=1", "Patient?_id=alice", "_count=1", "_total=accurate&code=a"})
    void refusesWhatIsNoCondition(String condition) {
        assertInvalid(world.drAdams()
                .with("If-None-Exist", condition)
                .post("Observation", resource("Observation", "x", numbered("alice", "none"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"batch", "transaction"})
    @DisplayName("WR-010: so do the entries of bundles")
    void looksInTheVisibleForBundles(String type) {
        var sent = bundle(type, entry(type + "-1", "cc-hidden-in-" + type), entry(type + "-2", "seen"));
        world.store("Observation", "cc-bob-" + type, numbered("bob", "cc-hidden-in-" + type));
        var first = entries(world.drAdams().post("", sent));
        assertThat(first).extracting(ConditionalCreateIT::status).containsExactly("201", "200");
        var again = entries(world.drAdams().post("", sent));
        assertThat(again).extracting(ConditionalCreateIT::status).containsExactly("200", "200");
        assertThat(place(again.get(0))).isEqualTo(place(first.get(0))).doesNotContain("cc-bob");
        assertThat(place(again.get(1))).contains("Observation/cc-alice/");
        assertInvalid(world.drAdams().post("", bundle(type, entry("a", "same"), entry("b", "same"))));
    }

    @Test
    void asksAHundredConditionsInABundle() {
        var hundred = IntStream.range(0, 100)
                .mapToObj(number -> entry("many-" + number, "many-" + number))
                .toList();
        assertThat(entries(world.drAdams().post("", bundle("transaction", hundred.toArray(String[]::new)))))
                .extracting(ConditionalCreateIT::status)
                .containsOnly("201");
        var more = Stream.concat(hundred.stream(), Stream.of(entry("more", "more")));
        assertInvalid(world.drAdams().post("", bundle("transaction", more.toArray(String[]::new))));
    }

    @Test
    @DisplayName(
            "WR-010: what was found is in the record of whom it is about, whomever the resource is about that was sent")
    void tellsTheLogWhatWasFound() {
        world.store("Patient", "cc-other", "\"generalPractitioner\": [{\"reference\": \"Practitioner/dr-adams\"}]");
        var sent = bundle("transaction", entry("told", "seen").replace("Patient/alice", "Patient/cc-other"));
        assertThat(entries(world.drAdams().with("Prefer", "return=minimal").post("", sent)))
                .extracting(ConditionalCreateIT::status)
                .containsExactly("200");
        var minimal = world.drAdams()
                .with("Prefer", "return=minimal")
                .with("If-None-Exist", "patient=Patient/alice&identifier=" + TAG + "|seen")
                .post("Observation", resource("Observation", "x", numbered("cc-other", "seen")));
        assertThat(minimal.statusCode()).isEqualTo(200);
        var told = " from audit_log where interaction = 'create' and status = 200 and patient = 'alice'"
                + " and query like '%seen%' and request = '";
        assertThat(SHARED.database()
                        .number("select count(*)" + told
                                + minimal.headers().firstValue("X-Request-Id").orElse("") + "'"))
                .isEqualTo(1);
        assertThat(SHARED.database()
                        .number("select count(*) from audit_log where patient = 'cc-other' and query like '%seen%'"))
                .isZero();
    }

    @Test
    @DisplayName("SC-014: eight at a time make one")
    void makesOneOfManyAtATime() throws Exception {
        Callable<HttpResponse<String>> create =
                () -> create(world.drAdams(), "at-a-time", numbered("alice", "at-a-time"));
        Callable<HttpResponse<String>> inATransaction =
                () -> world.drAdams().post("", bundle("transaction", entry("at-a-time", "at-a-time")));
        var threads = Executors.newFixedThreadPool(AT_A_TIME);
        try {
            var all = Stream.concat(
                            Collections.nCopies(AT_A_TIME / 2, create).stream(),
                            Collections.nCopies(AT_A_TIME / 2, inATransaction).stream())
                    .toList();
            for (var answer : threads.invokeAll(all)) {
                assertThat(answer.get().statusCode()).isIn(200, 201, 409);
            }
        } finally {
            threads.shutdownNow();
        }
        var found = world.backend().searchAll("Observation?identifier=" + TAG + "%7Cat-a-time");
        assertThat(found).hasSize(1);
        var after = create.call();
        assertThat(after.statusCode()).isEqualTo(200);
        assertThat(id(after)).isEqualTo(found.get(0).path("id").asText());
    }

    private static HttpResponse<String> create(FhirSession session, String number, String content) {
        return session.with("If-None-Exist", "identifier=" + TAG + "|" + number)
                .post("Observation", resource("Observation", "x", content));
    }

    private static String numbered(String patient, String number) {
        return observation(patient, "cc")
                + ", \"identifier\": [{\"system\": \"%s\", \"value\": \"%s\"}]".formatted(TAG, number);
    }

    private static String entry(String place, String number) {
        return """
                {"fullUrl": "urn:uuid:%s", "resource": %s,
                 "request": {"method": "POST", "url": "Observation", "ifNoneExist": "identifier=%s|%s"}}""".formatted(
                        UUID.nameUUIDFromBytes(place.getBytes(StandardCharsets.UTF_8)),
                        resource("Observation", "x", numbered("alice", number)),
                        TAG,
                        number);
    }

    private static String bundle(String type, String... entries) {
        return "{\"resourceType\": \"Bundle\", \"type\": \"%s\", \"entry\": [%s]}"
                .formatted(type, String.join(",", entries));
    }

    private static List<JsonNode> entries(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return List.copyOf(FhirSession.json(answer).path("entry").findValues("response"));
    }

    private static String status(JsonNode response) {
        return response.path("status").asText().substring(0, 3);
    }

    private static String place(JsonNode response) {
        return response.path("location").asText();
    }

    private static String id(HttpResponse<String> answer) {
        return FhirSession.json(answer).path("id").asText();
    }
}
