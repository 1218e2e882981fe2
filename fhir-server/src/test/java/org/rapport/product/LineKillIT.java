package org.rapport.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.rapport.harness.FhirSession;
import org.rapport.harness.Harness;
import org.rapport.harness.Ledger;
import org.rapport.harness.OutsideDatabase;
import org.rapport.harness.Server;

/**
 * Creates, readings, bookings and deliveries run through two servers on one database while either is killed: three times
 * in every build, twenty times with {@code -Psoak}.
 */
class LineKillIT {

    private static final int ROUNDS = Boolean.getBoolean("rapport.soak") ? 20 : 3;
    private static final long SEED = 20_261_122;
    private static final String FULL_TEXT = "rapport.search.full-text"; // each start would index what the other wrote
    private static final Duration DRAINED = Duration.ofMinutes(5);

    @RegisterExtension
    final Harness harness = new Harness();

    private final HookReceiver receiver = new HookReceiver();
    private final Ledger created = new Ledger();
    private final Ledger read = new Ledger();
    private final Ledger booked = new Ledger();
    private final List<SteadyClient> streams = new ArrayList<>();
    private final Random random = new Random(SEED);

    private OutsideDatabase database;
    private Server first;
    private Server second;
    private FhirSession fhir;
    private String hook;

    @BeforeEach
    void startBoth() {
        database = harness.database();
        first = harness.server(database.join(harness.plan("a")).with(FULL_TEXT, false))
                .start();
        second = harness.server(harness.planBeside(first, "b").with(FULL_TEXT, false))
                .start();
        fhir = first.session("demo-backend");
        hook = new HookClient(fhir)
                .activeHook(
                        "Observation?code=http://loinc.org|8867-4", receiver.endpoint("/"), "application/fhir+json");
    }

    @AfterEach
    void closeReceiver() {
        receiver.close();
    }

    @Test
    void losesNothingAndDoesNothingTwice() throws InterruptedException {
        startStreams();
        for (int round = 1; round <= ROUNDS; round++) {
            var victim = random.nextBoolean() ? first : second;
            pause(random.nextInt(10_000));
            victim.kill();
            victim.start();
        }
        for (var stream : streams) {
            stream.stop();
        }
        awaitDrained();

        assertThat(created.compare(heartRatesFrom(1_000_000))).isEqualTo(Ledger.Differences.NONE);
        assertThat(read.compare(readings())).isEqualTo(Ledger.Differences.NONE);
        assertThat(twice(slotsBooked())).as("times booked twice").isEmpty();
        assertThat(missingBookings())
                .as("bookings that were promised and are not there")
                .isEmpty();
        assertEventsHaveNoGap();
        System.out.printf(
                "Line: %d creates, %d readings, %d bookings acknowledged, %d notifications, after %d kills%n",
                created.acknowledgedCount(),
                read.acknowledgedCount(),
                booked.acknowledgedCount(),
                receiver.taken(hook).size(),
                ROUNDS);
    }

    private void startStreams() {
        var other = fhir.at(second);
        var start = OffsetDateTime.now(Clock.systemUTC()).truncatedTo(ChronoUnit.SECONDS);
        var openings = BookingRequests.openings(fhir, "");
        streams.add(new ObservationStream(List.of(fhir, other), created).start());
        streams.add(new ReadingStream(first, first, start.minusHours(4), read).start());
        streams.add(new ReadingStream(second, first, start.minusHours(3), read).start());
        streams.add(new BookingStream("a", fhir, openings, booked).start());
        streams.add(new BookingStream("b", other, openings, booked).start());
    }

    private static void pause(long millis) {
        await().pollDelay(Duration.ofMillis(millis))
                .atMost(Duration.ofMinutes(1))
                .until(() -> true);
    }

    private void awaitDrained() {
        await().atMost(DRAINED).pollInterval(Duration.ofSeconds(1)).until(() -> waiting() == 0);
        long events = database.number("select next_event - 1 from subscription where id = '" + hook + "'");
        await().atMost(DRAINED)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> numbers().size() >= events);
    }

    /** Readings, changes and notifications that are on the way. */
    private long waiting() {
        return database.number("select (select count(*) from device_inbox where state = 'W')"
                + " + (select count(*) from outbox_item where kind = 'rest-hook' and state = 'W')"
                + " + (select count(*) from change_log l, change_cursor c where c.consumer = 'subscription-matcher'"
                + " and (l.transaction, l.number) > (c.transaction, c.number))");
    }

    private List<String> heartRatesFrom(int least) {
        return heartRates().stream()
                .map(found -> found.at("/valueQuantity/value").asLong())
                .filter(value -> value >= least)
                .map(String::valueOf)
                .toList();
    }

    private List<String> readings() {
        return heartRates().stream()
                .filter(found -> found.has("device"))
                .filter(found -> found.at("/device/reference").asText().equals("Device/hr-alice"))
                .filter(found -> found.at("/valueQuantity/value").asText().equals("71"))
                .map(found -> Long.toString(
                        OffsetDateTime.parse(found.path("effectiveDateTime").asText())
                                .toInstant()
                                .toEpochMilli()))
                .toList();
    }

    private List<JsonNode> heartRates() {
        return fhir.searchAll("Observation?_count=200&patient=alice&code=http://loinc.org%7C8867-4");
    }

    private List<String> slotsBooked() {
        return appointments().stream().map(BookingStream::slot).toList();
    }

    private List<JsonNode> appointments() {
        return fhir.searchAll("Appointment?_count=200&patient=alice&status=booked").stream()
                .filter(found -> !BookingStream.slot(found).isEmpty())
                .toList();
    }

    private List<String> missingBookings() {
        var held =
                appointments().stream().map(found -> found.path("id").asText()).toList();
        return booked.compare(held).missing();
    }

    private static List<String> twice(List<String> slots) {
        var seen = new HashSet<String>();
        return slots.stream().filter(slot -> !seen.add(slot)).toList();
    }

    private Map<Long, Set<String>> numbers() {
        var versions = new HashMap<Long, Set<String>>();
        receiver.taken(hook)
                .forEach(one -> versions.computeIfAbsent(one.event(), key -> new HashSet<>())
                        .add(FhirSession.parsed(one.body()).path("id").asText()));
        return versions;
    }

    private void assertEventsHaveNoGap() {
        var numbers = numbers();
        long events = database.number("select next_event - 1 from subscription where id = '" + hook + "'");
        assertThat(numbers.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, events).boxed().toList());
        assertThat(numbers.values()).as("a number stands for one resource").allMatch(ids -> ids.size() == 1);
        assertThat(numbers.values().stream().flatMap(Set::stream))
                .as("a resource has one number")
                .doesNotHaveDuplicates();
        assertThat(database.number("select count(*) from outbox_item where kind = 'rest-hook' and state = 'P'"))
                .isZero();
        var delivered = new HashSet<String>();
        numbers.values().forEach(delivered::addAll);
        var stored = new HashSet<>(heartRates().stream()
                .filter(LineKillIT::isOfThisTest)
                .map(found -> found.path("id").asText())
                .toList());
        stored.removeAll(delivered);
        assertThat(stored).as("stored and never notified").isEqualTo(Collections.emptySet());
    }

    private static boolean isOfThisTest(JsonNode heartRate) {
        long value = heartRate.at("/valueQuantity/value").asLong();
        return value >= 1_000_000 || (value == 71 && heartRate.has("device"));
    }
}
