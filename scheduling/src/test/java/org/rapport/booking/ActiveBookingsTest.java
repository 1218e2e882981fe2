package org.rapport.booking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.rapport.booking.TestAppointments.NOON;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.rapport.testing.TestDatabase;

class ActiveBookingsTest {

    private static final int BOOKERS = 16;

    private final TestDatabase database = TestDatabase.with("V2026.11.22.50__active_booking.sql");
    private final ActiveBookings bookings = at(NOON);

    @Test
    void takeATimeOnce() {
        book(claim("a", 0, 30, "x"));
        assertTaken(claim("b", 29, 59, "x"));
        assertTaken(claim("b", -15, 1, "x"));
        assertTaken(claim("b", -15, 90, "x"));
        book(claim("b", 30, 60, "x"));
        book(claim("c", -30, 0, "x"));
        book(claim("d", 0, 30, "y"));
        assertThat(rows()).isEqualTo(4);
    }

    @Test
    void giveBackWhatAnAppointmentNoLongerTakes() {
        book(claim("a", 0, 30, "x", "y"));
        book(Claims.none("a"));
        book(claim("b", 0, 30, "y"));
        assertThat(rows()).isEqualTo(1);
    }

    @Test
    void moveAnAppointmentOverItself() {
        book(claim("a", 0, 30, "x"));
        book(claim("a", 15, 45, "x"));
        assertThat(bookings.busy(List.of("x"), NOON.minus(Duration.ofHours(1)), NOON.plus(Duration.ofHours(2))))
                .containsExactly(new Claim("x", minute(15), minute(45)));
    }

    @Test
    void swapTwoAppointmentsInOneTransaction() {
        book(claim("a", 0, 30, "x"), claim("b", 30, 60, "x"));
        book(claim("a", 30, 60, "x"), claim("b", 0, 30, "x"));
        assertThat(rows()).isEqualTo(2);
    }

    @Test
    void keepNothingOfATransactionThatFails() {
        book(claim("a", 0, 30, "x"));
        assertTaken(claim("b", 60, 90, "x"), claim("c", 0, 30, "x"));
        assertThat(rows()).isEqualTo(1);
    }

    @Test
    void areWrittenInATransactionOnly() {
        assertThatThrownBy(() -> bookings.replace(List.of(claim("a", 0, 30, "x"))))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void letAHoldGiveWayFromTheMomentItRunsOut() {
        book(hold("h", minute(10)));
        assertThatThrownBy(() -> book(at(minute(10).minusMillis(1)), claim("b", 0, 30, "x")))
                .isInstanceOf(BookingRefused.class);
        assertThat(at(minute(10).minusMillis(1)).expired(10)).isEmpty();

        book(at(minute(10)), claim("b", 0, 30, "x"));
        assertThat(at(minute(10)).expired(10)).containsExactly("h");
        assertThat(at(minute(10)).takenByOthers("h", new Claim("x", minute(0), minute(30))))
                .isTrue();

        book(Claims.none("h"));
        assertThat(bookings.takenByOthers("b", new Claim("x", minute(0), minute(30))))
                .isFalse();
        assertThat(at(minute(10)).expired(10)).isEmpty();
    }

    @Test
    void cannotBeHadByAHoldThatLostThem() {
        book(hold("h", minute(10)));
        book(at(minute(10)), claim("b", 0, 30, "x"));
        assertThatThrownBy(() -> book(at(minute(11)), claim("h", 0, 30, "x"))).isInstanceOf(BookingRefused.class);
    }

    @Test
    void tellWhatIsBusyNow() {
        book(hold("h", minute(10)));
        book(claim("a", 40, 50, "x"));
        assertThat(at(minute(9)).busy(List.of("x", "y"), minute(0), minute(45))).hasSize(2);
        assertThat(at(minute(10)).busy(List.of("x"), minute(0), minute(45))).hasSize(1);
        assertThat(bookings.busy(List.of("x"), minute(30), minute(40))).isEmpty();
    }

    /** All overlap at noon, each starts at another minute. */
    @Test
    void haveOneWinnerAmongManyWhoOverlap() {
        for (int round = 0; round < 10; round++) {
            int now = round;
            int won = race(booker -> claim(now + "-" + booker, booker - BOOKERS, 1 + booker, "x" + now));
            assertThat(won).as("winners of round %d", round).isEqualTo(1);
        }
    }

    @Test
    void neverDeadlockOverTwoActorsInEitherOrder() {
        for (int round = 0; round < 10; round++) {
            int now = round;
            int won = race(booker -> booker % 2 == 0
                    ? claim(now + "-" + booker, 0, 30, "x" + now, "y" + now)
                    : claim(now + "-" + booker, 10, 40, "y" + now, "x" + now));
            assertThat(won).as("winners of round %d", round).isEqualTo(1);
        }
    }

    @Test
    void letEverybodyWinWhoWantsAnotherTime() {
        assertThat(race(booker -> claim("a" + booker, booker * 30, booker * 30 + 30, "x")))
                .isEqualTo(BOOKERS);
    }

    /** How many of the bookers won; a failure that is not "taken", such as a deadlock, fails the test. */
    private int race(IntFunction<Claims> claims) {
        var barrier = new CyclicBarrier(BOOKERS);
        var pool = Executors.newFixedThreadPool(BOOKERS);
        try {
            var attempts = IntStream.range(0, BOOKERS)
                    .mapToObj(booker -> pool.submit(() -> {
                        barrier.await();
                        try {
                            book(claims.apply(booker));
                            return 1;
                        } catch (BookingRefused taken) {
                            return 0;
                        }
                    }))
                    .toList();
            int won = 0;
            for (var attempt : attempts) {
                won += attempt.get();
            }
            return won;
        } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
            throw new AssertionError(e);
        } finally {
            pool.shutdown();
        }
    }

    private void assertTaken(Claims... claims) {
        assertThatThrownBy(() -> book(claims))
                .isInstanceOf(BookingRefused.class)
                .hasMessage("That time is taken");
    }

    private void book(Claims... claims) {
        book(bookings, claims);
    }

    private void book(ActiveBookings inTime, Claims... claims) {
        database.transactions().executeWithoutResult(status -> inTime.replace(List.of(claims)));
    }

    private ActiveBookings at(Instant now) {
        return new ActiveBookings(database.client(), Clock.fixed(now, ZoneOffset.UTC));
    }

    private long rows() {
        return database.client()
                .sql("select count(*) from active_booking")
                .query(Long.class)
                .single();
    }

    private static Claims hold(String appointment, Instant expires) {
        return new Claims(appointment, claim(appointment, 0, 30, "x").claims(), Optional.of(expires));
    }

    private static Claims claim(String appointment, int from, int to, String... actors) {
        return new Claims(
                appointment,
                Arrays.stream(actors)
                        .map(actor -> new Claim(actor, minute(from), minute(to)))
                        .toList(),
                Optional.empty());
    }

    private static Instant minute(int minute) {
        return NOON.plus(Duration.ofMinutes(minute));
    }
}
