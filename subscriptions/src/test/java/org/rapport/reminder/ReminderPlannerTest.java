package org.rapport.reminder;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReminderPlannerTest {

    private static final Instant START = Instant.parse("2026-06-10T09:00:00Z");
    private static final ReminderPolicy POLICY =
            new ReminderPolicy(List.of(Duration.ofHours(2), Duration.ofDays(3)), Duration.ofMinutes(15));

    @Test
    void plansEachLeadTimeEarliestFirst() {
        assertThat(at(START.minus(Duration.ofDays(9))).plan(visit()))
                .extracting(Reminder::due)
                .containsExactly(START.minus(Duration.ofDays(3)), START.minus(Duration.ofHours(2)));
    }

    @ParameterizedTest(name = "{0} minutes late: {1} reminders")
    @CsvSource({"0, 1", "15, 1", "16, 0"})
    void dropsAReminderMissedByMoreThanTheGrace(long late, int left) {
        var now = START.minus(Duration.ofHours(2)).plus(Duration.ofMinutes(late));
        assertThat(at(now).plan(visit())).hasSize(left);
    }

    @Test
    void plansNothingOnceTheVisitHasBegun() {
        var generous = new ReminderPolicy(List.of(Duration.ofMinutes(5)), Duration.ofHours(1));
        assertThat(new ReminderPlanner(generous, Clock.fixed(START, ZoneOffset.UTC)).plan(visit()))
                .isEmpty();
        assertThat(new ReminderPlanner(generous, Clock.fixed(START.minusMillis(1), ZoneOffset.UTC)).plan(visit()))
                .hasSize(1);
    }

    @ParameterizedTest(name = "{0} in {1}: the day before at {2}")
    @CsvSource({
        "2026-03-29T07:00:00Z, Europe/Berlin,       2026-03-28T08:00:00Z",
        "2026-10-25T08:00:00Z, Europe/Berlin,       2026-10-24T07:00:00Z",
        "2026-11-01T14:00:00Z, America/New_York,    2026-10-31T13:00:00Z",
        "2026-04-04T22:30:00Z, Australia/Lord_Howe, 2026-04-03T22:00:00Z",
        "2026-05-05T09:00:00Z, Asia/Kathmandu,      2026-05-04T09:00:00Z",
    })
    void countsDaysByTheClockOnTheWall(Instant start, ZoneId zone, Instant due) {
        var daily = new ReminderPolicy(List.of(Duration.ofDays(1)), Duration.ZERO);
        var planner = new ReminderPlanner(daily, Clock.fixed(start.minus(Duration.ofDays(9)), ZoneOffset.UTC));
        assertThat(planner.plan(new Visit("a", "alice", start, zone)))
                .extracting(Reminder::due)
                .containsExactly(due);
    }

    @Test
    void makesAnAppointmentThatMovedOrChangedHandsAnother() {
        var planner = at(START.minus(Duration.ofDays(9)));
        var moved = new Visit("a", "alice", START.plusSeconds(1), ZoneOffset.UTC);
        var handedOn = new Visit("a", "bob", START, ZoneOffset.UTC);
        assertThat(planner.plan(visit()))
                .extracting(Reminder::key)
                .doesNotContainAnyElementsOf(Stream.of(moved, handedOn)
                        .flatMap(visit -> planner.plan(visit).stream())
                        .map(Reminder::key)
                        .toList());
    }

    private static Visit visit() {
        return new Visit("a", "alice", START, ZoneOffset.UTC);
    }

    private static ReminderPlanner at(Instant now) {
        return new ReminderPlanner(POLICY, Clock.fixed(now, ZoneOffset.UTC));
    }
}
