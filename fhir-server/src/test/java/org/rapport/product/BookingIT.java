package org.rapport.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rapport.harness.FhirSession;
import org.rapport.harness.Harness;
import org.rapport.harness.OutsideDatabase;
import org.rapport.harness.Server;
import org.rapport.harness.clock.MovedClock;

class BookingIT {

    private static final int BOOKERS = 16;

    @RegisterExtension
    static final Harness HARNESS = new Harness();

    private static OutsideDatabase database;
    private static Server server;
    private static MovedClock clock;
    private static FhirSession backend;
    private static FhirSession alice;

    @BeforeAll
    static void start() {
        database = HARNESS.database();
        Path time = HARNESS.folder().resolve("clock");
        server =
                HARNESS.server(database.join(HARNESS.plan("a").withClock(time))).start();
        clock = MovedClock.of(time);
        backend = server.session("demo-backend");
        alice = server.personSession("alice");
    }

    @Test
    void goesFromAFreeTimeToAVisitAndBack() {
        var opening = openings(alice, "dr-adams").get(0);
        assertThat(opening.path("status").asText()).isEqualTo("proposed");

        var held = only(alice.post("Appointment/$hold", reserve(opening)));
        assertThat(held.path("status").asText()).isEqualTo("pending");
        assertThat(held.path("extension").toString()).contains("hold-expires");
        assertThat(held.path("start").asText()).isEqualTo(opening.path("start").asText());
        assertThat(slotStatus(opening)).isEqualTo("busy-tentative");
        assertValid(held);
        assertThat(slots(openings(backend, "dr-adams"))).doesNotContain(slot(opening));

        var booked = only(alice.post("Appointment/$book", byReference(held)));
        assertThat(booked.path("id")).isEqualTo(held.path("id"));
        assertThat(booked.path("status").asText()).isEqualTo("booked");
        assertThat(participant(booked, "Patient/alice")).isEqualTo("needs-action");
        assertThat(participant(booked, "Practitioner/dr-adams")).isEqualTo("accepted");
        assertThat(slotStatus(opening)).isEqualTo("busy");
        assertValid(booked);

        var path = "Appointment/" + booked.path("id").asText();
        var confirmed = FhirSession.json(post(alice, path + "/$confirm"));
        assertThat(participant(confirmed, "Patient/alice")).isEqualTo("accepted");
        assertThat(FhirSession.json(post(alice, path + "/$confirm"))).isEqualTo(confirmed);

        var reason = "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"reason\",\"valueString\":\"Ill\"}]}";
        var cancelled = FhirSession.json(alice.post(path + "/$cancel", reason));
        assertThat(cancelled.path("status").asText()).isEqualTo("cancelled");
        assertThat(cancelled.at("/cancelationReason/text").asText()).isEqualTo("Ill");
        assertThat(FhirSession.json(post(alice, path + "/$cancel"))).isEqualTo(cancelled);
        assertThat(post(alice, path + "/$confirm").statusCode()).isEqualTo(422);
        assertThat(slotStatus(opening)).isEqualTo("free");
        assertThat(slots(openings(alice, "dr-adams"))).contains(slot(opening));
        assertThat(claims(path)).isZero();
    }

    @Test
    void endsAHoldThatNobodyBooks() {
        var opening = openings(alice, "dr-adams").get(1);
        var held = only(alice.post("Appointment/$hold", reserve(opening)));
        var path = "Appointment/" + held.path("id").asText();
        afterTenMinutes(() -> await().atMost(Duration.ofSeconds(20)).until(() -> claims(path) == 0));

        assertThat(FhirSession.json(alice.get(path)).path("status").asText()).isEqualTo("cancelled");
        assertThat(FhirSession.json(alice.get(path))
                        .at("/cancelationReason/coding/0/code")
                        .asText())
                .isEqualTo("hold-expired");
        assertValid(FhirSession.json(alice.get(path)));
        assertThat(slots(openings(alice, "dr-adams"))).contains(slot(opening));
        assertThat(alice.post("Appointment/$book", byReference(held)).statusCode())
                .isEqualTo(409);
    }

    @Test
    void givesAnExpiredHoldToWhoComesNext() {
        var opening = openings(backend, "care-jones").get(0);
        var held = only(backend.post("Appointment/$hold", reserve(opening, "carol")));
        assertThat(alice.post("Appointment/$book", reserve(opening)).statusCode())
                .isEqualTo(409);
        var expires = (ObjectNode) held.at("/extension/0");
        expires.put("valueInstant", clock.instant().minusSeconds(1).toString());
        assertThat(put(backend, "Appointment/" + held.path("id").asText(), held))
                .isEqualTo(200);
        var booked = only(alice.post("Appointment/$book", reserve(opening)));
        assertThat(booked.path("id")).isNotEqualTo(held.path("id"));
        assertThat(slotStatus(opening)).isEqualTo("busy");
    }

    @Test
    void givesBackTheTimeOfAVisitThatAClientCallsOffItself() {
        var opening = openings(backend, "care-jones").get(3);
        var booked = (ObjectNode) only(backend.post("Appointment/$book", reserve(opening, "carol")));
        assertThat(slotStatus(opening)).isEqualTo("busy");
        booked.put("status", "cancelled");
        assertThat(put(backend, "Appointment/" + booked.path("id").asText(), booked))
                .isEqualTo(200);
        await().atMost(Duration.ofSeconds(20)).until(() -> slotStatus(opening).equals("free"));
    }

    @Test
    void hasOneWinnerAmongMany() {
        var opening = openings(backend, "dr-brandt").get(0);
        var answers = race(booker -> backend.post("Appointment/$book", reserve(opening, "bob")));
        assertThat(answers.stream().filter(answer -> answer.statusCode() == 200))
                .hasSize(1);
        assertThat(answers.stream().filter(answer -> answer.statusCode() == 409))
                .hasSize(BOOKERS - 1)
                .allSatisfy(answer -> {
                    var outcome = FhirSession.parsed(answer.body());
                    assertThat(outcome.at("/issue/0/code").asText()).isEqualTo("conflict");
                    assertThat(outcome.path("issue")).hasSize(4);
                    assertThat(answer.body()).contains("Slot/slot-dr-brandt-").doesNotContain("Patient", "bob");
                });
        assertThat(database.number("select count(*) from active_booking where actor = 'Practitioner/dr-brandt'"
                        + " and lower(period) = '" + opening.path("start").asText() + "'"))
                .isEqualTo(1);
    }

    @Test
    void letsOneOfManyCancelAndBook() {
        var opening = openings(backend, "dr-brandt").get(1);
        var held = only(backend.post("Appointment/$hold", reserve(opening, "bob")));
        var path = "Appointment/" + held.path("id").asText();
        var answers = race(booker -> booker % 2 == 0
                ? post(backend, path + "/$cancel")
                : backend.post("Appointment/$book", byReference(held)));
        assertThat(answers).allMatch(answer -> answer.statusCode() == 200 || answer.statusCode() == 409);
        assertThat(FhirSession.json(backend.get(path)).path("status").asText()).isEqualTo("cancelled");
        assertThat(slotStatus(opening)).isEqualTo("free");
        assertThat(claims(path)).isZero();
    }

    @Test
    void cannotBeBypassedByPlainWriting() {
        var opening = openings(backend, "dr-brandt").get(2);
        var start = OffsetDateTime.parse(opening.path("start").asText()).toInstant();
        var first = FhirSession.json(backend.post("Appointment", visit("bob", start, start.plusSeconds(1800))));
        assertTaken(backend.post("Appointment", visit("bob", start.plusSeconds(900), start.plusSeconds(2700))));
        assertTaken(backend.post("Appointment/$book", reserve(opening, "bob")));
        assertThat(slots(openings(backend, "dr-brandt"))).doesNotContain(slot(opening));

        var free = start.plus(Duration.ofDays(300));
        assertTaken(backend.post(
                "",
                TestPatients.transaction(List.of(
                                visit("bob", free, free.plusSeconds(60)),
                                visit("bob", free.plusSeconds(30), free.plusSeconds(90))))
                        .replace("\"url\": \"Patient\"", "\"url\": \"Appointment\"")));

        var path = "Appointment/" + first.path("id").asText();
        var cancelled = first.toString().replace("\"status\":\"booked\"", "\"status\":\"cancelled\"");
        FhirSession.json(backend.send("PUT", path, FhirSession.FHIR_JSON, BodyPublishers.ofString(cancelled)));
        assertThat(slots(openings(backend, "dr-brandt"))).contains(slot(opening));
        assertThat(backend.post("Appointment", visit("bob", start, start)).statusCode())
                .isEqualTo(422);
    }

    @Test
    void isForOneselfOrThoseOneTreats() {
        var opening = openings(alice, "dr-adams").get(3);
        assertThat(alice.post("Appointment/$book", reserve(opening, "bob")).statusCode())
                .isEqualTo(403);
        var booked = only(alice.post("Appointment/$book", reserve(opening)));
        var path = "Appointment/" + booked.path("id").asText();

        var bob = server.personSession("bob");
        assertThat(post(bob, path + "/$cancel").statusCode()).isEqualTo(404);
        assertThat(bob.post("Appointment/$book", byReference(booked)).statusCode())
                .isEqualTo(404);
        var taken = bob.post("Appointment/$book", reserve(opening));
        assertTaken(taken);
        assertThat(taken.body()).doesNotContain("alice");

        var doctor = server.personSession("dr-adams");
        var next = openings(doctor, "dr-adams").get(4);
        assertThat(doctor.post("Appointment/$book", reserve(next, "bob")).statusCode())
                .isEqualTo(403);
        only(doctor.post("Appointment/$book", reserve(next, "carol")));
        assertThat(FhirSession.json(post(doctor, path + "/$cancel"))
                        .path("status")
                        .asText())
                .isEqualTo("cancelled");

        var clerk = server.personSession("clerk-lee");
        assertThat(clerk.post("Appointment/$find", find("dr-adams")).statusCode())
                .isEqualTo(403);
        var reader = server.session("demo-reader");
        assertThat(reader.post("Appointment/$find", find("dr-adams")).statusCode())
                .isEqualTo(200);
        assertThat(reader.post("Appointment/$book", reserve(next, "carol")).statusCode())
                .isEqualTo(403);
    }

    @Test
    void isClosedToPatientsByPlainWriting() {
        var opening = openings(alice, "dr-adams").get(5);
        var booked = only(alice.post("Appointment/$book", reserve(opening)));
        var path = "Appointment/" + booked.path("id").asText();
        assertThat(put(alice, path, booked)).isEqualTo(403);
        assertThat(put(alice, slot(opening), FhirSession.json(alice.get(slot(opening)))))
                .isEqualTo(403);
        assertThat(alice.post("Appointment", booked.toString()).statusCode()).isEqualTo(403);
        assertThat(alice.send("DELETE", path, "", BodyPublishers.noBody()).statusCode())
                .isEqualTo(403);
    }

    @Test
    void isDoneOnceUnderOneKey() {
        var opening = openings(alice, "care-jones").get(5);
        var keyed = alice.with("Idempotency-Key", "tap-1");
        var first = keyed.post("Appointment/$book", reserve(opening));
        var again = keyed.post("Appointment/$book", reserve(opening));
        assertThat(only(first)).isEqualTo(only(again));

        post(alice, "Appointment/" + only(first).path("id").asText() + "/$confirm");
        assertThat(only(keyed.post("Appointment/$book", reserve(opening)))).isEqualTo(only(first));
        assertThat(keyed.post("Appointment/$hold", reserve(opening)).statusCode())
                .isEqualTo(422);
        var other = openings(alice, "care-jones").get(6);
        assertThat(keyed.post("Appointment/$book", reserve(other)).statusCode()).isEqualTo(422);
        only(backend.with("Idempotency-Key", "tap-1").post("Appointment/$book", reserve(other, "alice")));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            no end          | {"name":"start","valueDateTime":"2026-12-01"}
            a long span     | {"name":"start","valueDateTime":"2026-01-01"},{"name":"end","valueDateTime":"2026-12-01"}
            end before start| {"name":"start","valueDateTime":"2026-02-01"},{"name":"end","valueDateTime":"2026-01-01"}
            no offset       | {"name":"start","valueDateTime":"2026-02-01T08:00:00"},{"name":"end","valueDateTime":"2026-02-02"}
            a wrong type    | {"name":"start","valueString":"2026-02-01"},{"name":"end","valueDateTime":"2026-02-02"}
            """)
    void isNotLookedForBy(String flaw, String parameters) {
        var answer =
                alice.post("Appointment/$find", "{\"resourceType\":\"Parameters\",\"parameter\":[" + parameters + "]}");
        assertThat(answer.statusCode()).as(flaw).isEqualTo(400);
    }

    @Test
    void takesItsTimesFromTheSlot() {
        var opening = (ObjectNode) openings(alice, "dr-adams").get(6);
        var moved = opening.deepCopy().put("start", "2027-01-01T00:00:00Z");
        assertThat(alice.post("Appointment/$book", reserve(moved)).statusCode()).isEqualTo(422);
        var stranger =
                FhirSession.parsed(opening.toString().replace("Practitioner/dr-adams", "Practitioner/dr-brandt"));
        assertThat(alice.post("Appointment/$book", reserve(stranger)).statusCode())
                .isEqualTo(422);
        var nowhere = FhirSession.parsed(opening.toString().replace("#slot-dr-adams", "#slot-nobody"));
        assertThat(alice.post("Appointment/$book", reserve(nowhere)).statusCode())
                .isEqualTo(422);
        assertThat(backend.post("Appointment/$book", reserve(opening, "nobody")).statusCode())
                .isEqualTo(422);
        assertThat(slotStatus(opening)).isEqualTo("free");
    }

    /** Tokens go by the machine's clock: while ours is ahead, nobody is let in. */
    private static void afterTenMinutes(Runnable work) {
        clock.move(Duration.ofMinutes(10));
        try {
            work.run();
        } finally {
            clock.move(Duration.ofMinutes(-10));
        }
    }

    private static void assertTaken(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(FhirSession.parsed(answer.body()).at("/issue/0/code").asText())
                .isEqualTo("conflict");
        assertThat(FhirSession.parsed(answer.body()).at("/issue/0/diagnostics").asText())
                .isEqualTo("That time is taken");
    }

    private static void assertValid(JsonNode appointment) {
        var outcome = FhirSession.parsed(
                backend.post("Appointment/$validate", appointment.toString()).body());
        assertThat(StreamSupport.stream(outcome.path("issue").spliterator(), false)
                        .map(issue -> issue.path("severity").asText() + " "
                                + issue.path("diagnostics").asText()))
                .noneMatch(issue -> issue.startsWith("error") || issue.startsWith("fatal"));
    }

    private static List<JsonNode> openings(FhirSession caller, String practitioner) {
        var bundle = FhirSession.json(caller.post("Appointment/$find", find(practitioner)));
        assertThat(bundle.path("type").asText()).isEqualTo("searchset");
        return StreamSupport.stream(bundle.path("entry").spliterator(), false)
                .map(entry -> entry.path("resource"))
                .toList();
    }

    private static String find(String practitioner) {
        var now = clock.instant();
        return """
                {"resourceType": "Parameters", "parameter": [
                  {"name": "start", "valueDateTime": "%s"}, {"name": "end", "valueDateTime": "%s"},
                  {"name": "practitioner", "valueReference": {"reference": "Practitioner/%s"}}]}
                """.formatted(now, now.plus(Duration.ofDays(28)), practitioner);
    }

    private static String reserve(JsonNode opening) {
        return """
                {"resourceType": "Parameters", "parameter": [{"name": "appointment-resource", "resource": %s}]}
                """.formatted(opening);
    }

    private static String reserve(JsonNode opening, String patient) {
        return """
                {"resourceType": "Parameters", "parameter": [{"name": "appointment-resource", "resource": %s},
                  {"name": "patient-resource", "resource": {"resourceType": "Patient", "id": "%s"}}]}
                """.formatted(opening, patient);
    }

    private static String byReference(JsonNode appointment) {
        return """
                {"resourceType": "Parameters", "parameter": [
                  {"name": "appointment-reference", "valueReference": {"reference": "Appointment/%s"}}]}
                """.formatted(appointment.path("id").asText());
    }

    private static String visit(String patient, Instant start, Instant end) {
        return """
                {"resourceType": "Appointment", "status": "booked", "start": "%s", "end": "%s", "participant": [
                  {"actor": {"reference": "Patient/%s"}, "status": "accepted"},
                  {"actor": {"reference": "Practitioner/dr-brandt"}, "status": "accepted"}]}
                """.formatted(start, end, patient);
    }

    private static JsonNode only(HttpResponse<String> answer) {
        var bundle = FhirSession.json(answer);
        assertThat(bundle.path("entry")).hasSize(1);
        return bundle.at("/entry/0/resource");
    }

    private static String slot(JsonNode opening) {
        return "Slot/" + opening.at("/slot/0/reference").asText().substring(1);
    }

    private static List<String> slots(List<JsonNode> openings) {
        return openings.stream().map(BookingIT::slot).toList();
    }

    private static String slotStatus(JsonNode opening) {
        return FhirSession.json(backend.get(slot(opening))).path("status").asText();
    }

    private static String participant(JsonNode appointment, String actor) {
        return StreamSupport.stream(appointment.path("participant").spliterator(), false)
                .filter(participant ->
                        participant.at("/actor/reference").asText().equals(actor))
                .map(participant -> participant.path("status").asText())
                .findFirst()
                .orElse("");
    }

    private static long claims(String appointment) {
        return database.number(
                "select count(*) from active_booking where 'Appointment/' || appointment = '" + appointment + "'");
    }

    private static HttpResponse<String> post(FhirSession caller, String path) {
        return caller.send("POST", path, "", BodyPublishers.noBody());
    }

    private static int put(FhirSession caller, String path, JsonNode resource) {
        return caller.send("PUT", path, FhirSession.FHIR_JSON, BodyPublishers.ofString(resource.toString()))
                .statusCode();
    }

    private static List<HttpResponse<String>> race(java.util.function.IntFunction<HttpResponse<String>> request) {
        var barrier = new CyclicBarrier(BOOKERS);
        var pool = Executors.newFixedThreadPool(BOOKERS);
        try {
            var answers = IntStream.range(0, BOOKERS)
                    .mapToObj(booker -> pool.submit(() -> {
                        barrier.await();
                        return request.apply(booker);
                    }))
                    .toList();
            var all = new java.util.ArrayList<HttpResponse<String>>();
            for (var answer : answers) {
                all.add(answer.get());
            }
            return all;
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        } finally {
            pool.shutdown();
        }
    }
}
