package org.rapport.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rapport.benchmarks.workload.FhirEndpoint;
import org.rapport.benchmarks.workload.Samples;
import org.rapport.benchmarks.workload.World;

class LoadRunTest {

    private static final World WORLD = new World(new Samples("t"), List.of("1"));

    private final AtomicInteger asked = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer http;

    @BeforeEach
    void startServer() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.setExecutor(threads);
        http.start();
    }

    @AfterEach
    void stopServer() {
        http.stop(0);
        threads.shutdownNow();
    }

    @Test
    void stopsAtTheLimitOfRequests() throws InterruptedException {
        answer(200, Duration.ZERO);

        var outcome = run(new Load(Mix.parse("read"), 3, 0, Duration.ofSeconds(20), 25));

        assertThat(asked).hasValue(25);
        assertThat(outcome.latency().getTotalCount()).isEqualTo(25);
        assertThat(outcome.failures()).isZero();
    }

    @Test
    void stopsWhenItsTimeIsOver() throws InterruptedException {
        answer(200, Duration.ofMillis(5));

        var outcome = run(new Load(Mix.parse("read"), 2, 0, Duration.ofMillis(300), 1_000_000));

        assertThat(outcome.elapsed()).isBetween(Duration.ofMillis(300), Duration.ofSeconds(5));
    }

    @Test
    void keepsFailuresOutOfTheLatencies() throws InterruptedException {
        answer(500, Duration.ZERO);

        var outcome = run(new Load(Mix.parse("read"), 1, 0, Duration.ofSeconds(20), 5));

        assertThat(outcome.failures()).isEqualTo(5);
        assertThat(outcome.latency().getTotalCount()).isZero();
    }

    @Test
    void countsTheWaitForAStalledServerWhenPaced() throws InterruptedException {
        answer(200, Duration.ofMillis(50));

        var outcome = run(new Load(Mix.parse("read"), 1, 200, Duration.ofMillis(100), 1_000_000));

        assertThat(outcome.latency().getTotalCount()).isEqualTo(20);
        assertThat(outcome.millisAt(100)).as("20 × 50 ms, due within 100 ms").isGreaterThan(850);
    }

    private Outcome run(Load load) throws InterruptedException {
        var base = URI.create("http://127.0.0.1:" + http.getAddress().getPort() + "/fhir");
        return LoadRun.of(new FhirEndpoint(base, () -> ""), WORLD, load);
    }

    private void answer(int status, Duration delay) {
        http.createContext("/", exchange -> {
            asked.incrementAndGet();
            LockSupport.parkNanos(delay.toNanos());
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
    }
}
