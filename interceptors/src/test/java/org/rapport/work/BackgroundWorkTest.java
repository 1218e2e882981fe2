package org.rapport.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.rapport.testing.TestDatabase;

class BackgroundWorkTest {

    private final TestDatabase database = TestDatabase.with();
    private final Queue<BackgroundWork> running = new ConcurrentLinkedQueue<>();

    @AfterEach
    void stop() {
        running.forEach(BackgroundWork::stop);
    }

    @Test
    void takesStepsUntilNothingIsLeft() {
        var left = new AtomicInteger(5);
        start(new WakeUp(), () -> left.decrementAndGet() > 0 ? Work.Step.MORE : Work.Step.IDLE);
        await().atMost(Duration.ofSeconds(4)).until(() -> left.get() <= 0);
    }

    @Test
    void comesAtACallAndNotOnlyWithTheSweep() {
        var steps = new AtomicInteger();
        var wakeUp = new WakeUp();
        start(wakeUp, () -> idle(steps));
        assertCallsComeThrough(wakeUp, steps);
    }

    @Test
    void isCalledByAnotherInstanceAlso() {
        var steps = new AtomicInteger();
        var there = new WakeUp();
        start(there, () -> Work.Step.IDLE);
        start(new WakeUp(), () -> idle(steps));
        assertCallsComeThrough(there, steps);
    }

    /** Twenty calls, in half of the time that twenty sweeps would take. */
    private static void assertCallsComeThrough(WakeUp caller, AtomicInteger steps) {
        var calls = new AtomicInteger();
        await().pollInterval(Duration.ofMillis(2))
                .atMost(Duration.ofSeconds(10))
                .until(() -> {
                    int before = steps.get();
                    caller.call("topic");
                    await().pollInterval(Duration.ofMillis(1)).until(() -> steps.get() > before);
                    return calls.incrementAndGet() == 20;
                });
    }

    /** Twenty times three at once, in half of the time that twenty sweeps would take. */
    @Test
    void worksInParallelWhenEachStepCallsTheNext() {
        var wakeUp = new WakeUp();
        var left = new AtomicInteger();
        var met = new AtomicInteger();
        var together = new CyclicBarrier(3, met::incrementAndGet);
        start(wakeUp, () -> meet(wakeUp, left, together), 3);
        assertThat(await().pollInterval(Duration.ofMillis(2))
                        .atMost(Duration.ofSeconds(10))
                        .until(() -> callForThree(wakeUp, left, met), meetings -> meetings == 20))
                .isEqualTo(20);
    }

    private static int callForThree(WakeUp wakeUp, AtomicInteger left, AtomicInteger met) {
        int before = met.get();
        left.set(3);
        wakeUp.call("topic");
        await().pollInterval(Duration.ofMillis(1)).until(() -> met.get() > before);
        return before + 1;
    }

    private static Work.Step meet(WakeUp wakeUp, AtomicInteger left, CyclicBarrier together) {
        if (left.getAndUpdate(number -> Math.max(0, number - 1)) == 0) {
            return Work.Step.IDLE;
        }
        wakeUp.ring("topic");
        try {
            together.await(5, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
        return Work.Step.MORE;
    }

    private static Work.Step idle(AtomicInteger steps) {
        steps.incrementAndGet();
        return Work.Step.IDLE;
    }

    @Test
    void goesOnAfterAFailure() {
        var steps = new AtomicInteger();
        start(new WakeUp(), () -> {
            if (steps.incrementAndGet() == 1) {
                throw new IllegalStateException("once");
            }
            return Work.Step.IDLE;
        });
        await().atMost(Duration.ofSeconds(5)).until(() -> steps.get() > 1);
    }

    @Test
    void waitsAtTheStopForTheStepUnderWay() throws InterruptedException {
        var begun = new CountDownLatch(1);
        var ended = new CountDownLatch(1);
        var work = start(new WakeUp(), () -> {
            begun.countDown();
            await().pollDelay(Duration.ofMillis(300)).until(() -> true);
            ended.countDown();
            return Work.Step.IDLE;
        });
        assertThat(begun.await(5, TimeUnit.SECONDS)).isTrue();
        work.stop();
        assertThat(ended.getCount()).isZero();
    }

    private BackgroundWork start(WakeUp wakeUp, Supplier<Work.Step> step) {
        return start(wakeUp, step, 1);
    }

    private BackgroundWork start(WakeUp wakeUp, Supplier<Work.Step> step, int parallel) {
        var channel = new WakeUpChannel(database.source(), wakeUp);
        var work = new BackgroundWork(List.of(new Steps(step, parallel)), channel, wakeUp);
        running.add(work);
        work.start();
        return work;
    }

    private record Steps(Supplier<Work.Step> next, int parallel) implements Work {

        @Override
        public String name() {
            return "test";
        }

        @Override
        public String topic() {
            return "topic";
        }

        @Override
        public Step step() {
            return next.get();
        }
    }
}
