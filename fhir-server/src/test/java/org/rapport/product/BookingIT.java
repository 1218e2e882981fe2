package org.rapport.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.rapport.product.BookingRequests.BOOKERS;
import static org.rapport.product.BookingRequests.assertTaken;
import static org.rapport.product.BookingRequests.byReference;
import static org.rapport.product.BookingRequests.only;
import static org.rapport.product.BookingRequests.openings;
import static org.rapport.product.BookingRequests.participant;
import static org.rapport.product.BookingRequests.post;
import static org.rapport.product.BookingRequests.put;
import static org.rapport.product.BookingRequests.race;
import static org.rapport.product.BookingRequests.reserve;
import static org.rapport.product.BookingRequests.slot;
import static org.rapport.product.BookingRequests.slots;
import static org.rapport.product.BookingRequests.visit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rapport.harness.FhirSession;
import org.rapport.harness.OutsideDatabase;
import org.rapport.harness.SharedServer;
import org.rapport.harness.clock.MovedClock;

class BookingIT {

    @RegisterExtension
    static final SharedServer SHARED = new SharedServer();

    private static OutsideDatabase database;
    private static MovedClock clock;
    private static FhirSession backend;
    private static FhirSession alice;

    @BeforeAll
    static void start() {
        database = SHARED.database();
        clock = SHARED.clock();
        backend = SHARED.session("demo-backend");
        alice = SHARED.server().personSession("alice");
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
    void findsTimesOfEverybodyPageByPage() {
        assertThat(openings(backend, "")).hasSizeGreaterThan(150);
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
        var path = "Appointment/" + held.path("id").asText();
        assertThat(put(backend.seeing(path), path, held)).isEqualTo(200);
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
        var path = "Appointment/" + booked.path("id").asText();
        assertThat(put(backend.seeing(path), path, booked)).isEqualTo(200);
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
        FhirSession.json(
                backend.seeing(path).send("PUT", path, FhirSession.FHIR_JSON, BodyPublishers.ofString(cancelled)));
        assertThat(slots(openings(backend, "dr-brandt"))).contains(slot(opening));
        assertThat(backend.post("Appointment", visit("bob", start, start)).statusCode())
                .isEqualTo(422);
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

    private static void assertValid(JsonNode appointment) {
        var outcome = FhirSession.parsed(
                backend.post("Appointment/$validate", appointment.toString()).body());
        assertThat(StreamSupport.stream(outcome.path("issue").spliterator(), false)
                        .map(issue -> issue.path("severity").asText() + " "
                                + issue.path("diagnostics").asText()))
                .noneMatch(issue -> issue.startsWith("error") || issue.startsWith("fatal"));
    }

    private static String slotStatus(JsonNode opening) {
        return FhirSession.json(backend.get(slot(opening))).path("status").asText();
    }

    private static long claims(String appointment) {
        return database.number(
                "select count(*) from active_booking where 'Appointment/' || appointment = '" + appointment + "'");
    }
}
