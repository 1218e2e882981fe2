package org.rapport.kept;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class SharedSnapshotTest {

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger readings = new AtomicInteger();

    private void pass(long millis) {
        nanos.addAndGet(Duration.ofMillis(millis).toNanos());
    }

    @Test
    void isReadAgainAfterHalfASecond() {
        var snapshot = new SharedSnapshot<>(readings::incrementAndGet, nanos::get, ChangesUnknown::because);
        assertThat(snapshot.get()).isEqualTo(1);
        pass(500);
        assertThat(snapshot.get()).isEqualTo(1);
        pass(1);
        assertThat(snapshot.get()).isEqualTo(2);
    }

    @Test
    void isReadAgainWhenItWasToldThatItIsOld() {
        var snapshot = new SharedSnapshot<>(readings::incrementAndGet, nanos::get, ChangesUnknown::because);
        assertThat(snapshot.get()).isEqualTo(1);
        snapshot.expire();
        assertThat(snapshot.get()).isEqualTo(2);
        assertThat(snapshot.get()).isEqualTo(2);
    }

    @Test
    void isReadAgainForWhoAsksAfterItGrewOldWhileAnotherReads() throws InterruptedException, ExecutionException {
        var answer = new CountDownLatch(1);
        var snapshot = new SharedSnapshot<>(
                () -> {
                    int reading = readings.incrementAndGet();
                    awaitQuietly(answer);
                    return reading;
                },
                nanos::get,
                ChangesUnknown::because);
        var pool = Executors.newFixedThreadPool(2);
        try {
            var early = pool.submit(snapshot::get);
            Awaitility.await().untilAtomic(readings, org.hamcrest.Matchers.equalTo(1));
            snapshot.expire();
            var late = pool.submit(snapshot::get);
            answer.countDown();

            assertThat(early.get()).isEqualTo(1);
            assertThat(late.get()).isEqualTo(2);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void isReadOnceForAllWhoWait() throws InterruptedException, ExecutionException {
        var answer = new CountDownLatch(1);
        var snapshot = new SharedSnapshot<>(
                () -> {
                    awaitQuietly(answer);
                    return readings.incrementAndGet();
                },
                nanos::get,
                ChangesUnknown::because);
        var pool = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Integer>> questions = IntStream.range(0, 8)
                    .<Callable<Integer>>mapToObj(i -> snapshot::get)
                    .toList();
            var answers = questions.stream().map(pool::submit).toList();
            answer.countDown();

            for (Future<Integer> each : answers) {
                assertThat(each.get()).isEqualTo(1);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void countsItsAgeFromBeforeItWasRead() {
        var snapshot = new SharedSnapshot<>(
                () -> {
                    pass(400);
                    return readings.incrementAndGet();
                },
                nanos::get,
                ChangesUnknown::because);
        assertThat(snapshot.get()).isEqualTo(1);
        pass(101);

        assertThat(snapshot.get()).isEqualTo(2);
    }

    @Test
    void isNoAnswerWhenReadingTookMoreThanASecond() {
        var snapshot = new SharedSnapshot<>(
                () -> {
                    pass(1001);
                    return 1;
                },
                nanos::get,
                ChangesUnknown::because);

        assertThatExceptionOfType(ChangesUnknown.class).isThrownBy(snapshot::get);
    }

    @Test
    void keepsNobodyWaitingWhoAskedWhileReadingFailed() throws InterruptedException {
        var answer = new CountDownLatch(1);
        var snapshot = new SharedSnapshot<Integer>(
                () -> {
                    readings.incrementAndGet();
                    awaitQuietly(answer);
                    throw new IllegalStateException("away");
                },
                nanos::get,
                ChangesUnknown::because);
        var pool = Executors.newFixedThreadPool(2);
        try {
            var first = pool.submit(snapshot::get);
            Awaitility.await().untilAtomic(readings, org.hamcrest.Matchers.equalTo(1));
            var second = pool.submit(snapshot::get);
            answer.countDown();

            assertThatExceptionOfType(ExecutionException.class).isThrownBy(first::get);
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(second::get)
                    .withCauseInstanceOf(ChangesUnknown.class);
        } finally {
            pool.shutdownNow();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
