package org.rapport.benchmarks.load;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.rapport.benchmarks.workload.FhirEndpoint;
import org.rapport.benchmarks.workload.World;

/** One load on one server, from start to end. */
final class LoadRun {

    private final FhirEndpoint server;
    private final World world;
    private final Load load;

    private final AtomicLong started = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private final Histogram latency = new ConcurrentHistogram(Outcome.PRECISION);
    private final long begin = System.nanoTime();

    private LoadRun(FhirEndpoint server, World world, Load load) {
        this.server = server;
        this.world = world;
        this.load = load;
    }

    /** Drives the server and waits for the last answer. */
    static Outcome of(FhirEndpoint server, World world, Load load) throws InterruptedException {
        var run = new LoadRun(server, world, load);
        var workers = Stream.generate(() -> new Thread(run::work, "load"))
                .limit(load.workers())
                .toList();
        workers.forEach(Thread::start);
        for (var worker : workers) {
            worker.join();
        }
        var elapsed = Duration.ofNanos(System.nanoTime() - run.begin);
        return new Outcome(run.latency, run.failures.get(), elapsed, Duration.ZERO);
    }

    private void work() {
        while (true) {
            var n = started.getAndIncrement();
            var start = load.paced() ? awaitTurn(n) : System.nanoTime();
            if (n >= load.limit() || start - begin >= load.duration().toNanos()) {
                return;
            }
            send(n, start);
        }
    }

    /** Latency counts from the moment a request was due: a server that stalls must not hide those that waited for it. */
    private long awaitTurn(long n) {
        var due = begin + load.due(n);
        if (load.due(n) < load.duration().toNanos()) {
            for (var wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
        }
        return due;
    }

    private void send(long n, long start) {
        try {
            load.mix().operation(n).perform(server, world, (int) n);
            latency.recordValue(Math.max(1, (System.nanoTime() - start) / 1000));
        } catch (RuntimeException e) {
            if (failures.getAndIncrement() == 0) {
                System.err.println("First failure: " + e.getMessage());
            }
        }
    }
}
