package org.rapport.booking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.rapport.booking.TestAppointments.NOON;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.rapport.booking.BookingAnswers.Answer;
import org.rapport.booking.BookingAnswers.Request;
import org.rapport.testing.OwnThread;
import org.rapport.testing.TestDatabase;

class BookingAnswersTest {

    private static final Answer ANSWER = new Answer("a1", 1);

    private final TestDatabase database = TestDatabase.with("V2026.11.22.51__booking_answer.sql");

    @Test
    void areGivenAgainForADay() {
        keep(NOON, request("alice", "k", "body"));
        var last = NOON.plus(Duration.ofDays(1));
        assertThat(find(last.minusMillis(1), request("alice", "k", "body"))).contains(ANSWER);
        assertThat(find(last, request("alice", "k", "body"))).isEmpty();
        assertThat(find(last, request("alice", "k", "other"))).isEmpty();
        keep(last, request("alice", "k", "other"));
        assertThat(find(last, request("alice", "k", "other"))).contains(ANSWER);
    }

    @Test
    void areForOneCallerAndOneContent() {
        keep(NOON, request("alice", "k", "body"));
        assertThat(find(NOON, request("bob", "k", "other"))).isEmpty();
        assertThat(find(NOON, request("alice", "k2", "body"))).isEmpty();
        assertThatThrownBy(() -> find(NOON, request("alice", "k", "other")))
                .isInstanceOfSatisfying(
                        BookingRefused.class,
                        refused -> assertThat(refused.failure().status()).isEqualTo(422));
    }

    @Test
    void forgetTheOld() {
        keep(NOON, request("alice", "k", "body"));
        keep(NOON.plus(Duration.ofDays(1)), request("alice", "k2", "body"));
        assertThat(database.client()
                        .sql("select count(*) from booking_answer")
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void keepTheSecondOfTwoWaitingForTheFirst() {
        var locked = new CountDownLatch(1);
        var first = CompletableFuture.runAsync(
                () -> database.transactions().executeWithoutResult(status -> {
                    at(NOON).find(request("alice", "k", "body"));
                    locked.countDown();
                    at(NOON).keep(request("alice", "k", "body"), ANSWER);
                }),
                OwnThread.EACH);
        assertThat(CompletableFuture.supplyAsync(
                                () -> {
                                    try {
                                        locked.await();
                                    } catch (InterruptedException e) {
                                        throw new AssertionError(e);
                                    }
                                    return find(NOON, request("alice", "k", "body"));
                                },
                                OwnThread.EACH)
                        .join())
                .contains(ANSWER);
        first.join();
    }

    @Test
    void needAKey() {
        for (var key : new String[] {"", " ", "k".repeat(256)}) {
            assertThatThrownBy(() -> request("alice", key, "body")).isInstanceOf(BookingRefused.class);
        }
        request("alice", "k".repeat(255), "body");
    }

    private Optional<Answer> find(Instant now, Request request) {
        return database.transactions().execute(status -> at(now).find(request));
    }

    private void keep(Instant now, Request request) {
        database.transactions().executeWithoutResult(status -> at(now).keep(request, ANSWER));
    }

    private BookingAnswers at(Instant now) {
        return new BookingAnswers(database.client(), Clock.fixed(now, ZoneOffset.UTC));
    }

    private static Request request(String caller, String key, String body) {
        return Request.of(caller, key, body.getBytes(StandardCharsets.UTF_8));
    }
}
