package org.rapport.benchmarks.load;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.rapport.benchmarks.workload.FhirEndpoint;
import org.rapport.benchmarks.workload.Request;

/**
 * Measures how long it takes from asking a server to create an Observation until a rest-hook Subscription's receiver has
 * been told of it, at 20 creates a second.
 */
final class HookLatency implements AutoCloseable {

    private static final int CREATES = 400;
    private static final int WARM_UP = 2_400;
    private static final Duration PACE = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Pattern VALUE = Pattern.compile("\"value\"\\s*:\\s*(\\d+)");

    private final String side;
    private final FhirEndpoint server;
    private final Receiver receiver = new Receiver();
    private final Map<Integer, Long> told = new ConcurrentHashMap<>();
    private final Map<Integer, Long> answered = new ConcurrentHashMap<>();
    private int next;

    private HookLatency(String side, FhirEndpoint server) {
        this.side = side;
        this.server = server;
    }

    /** Subscribes at a server and warms it up. */
    static HookLatency at(FhirEndpoint server, String side) {
        var latency = new HookLatency(side, server);
        latency.subscribe(latency.receiver.address());
        latency.create(WARM_UP);
        return latency;
    }

    /**
     * A line of a table: how many were told, the median until the create was answered, and the median and the 99th
     * percentile until the receiver was told, in milliseconds.
     */
    String round() {
        var asked = create(CREATES);
        var waits = waits(asked, told);
        return waits.isEmpty()
                ? "| %s | 0 of %d | | | |%n".formatted(side, CREATES)
                : "| %s | %d of %d | %.0f | %.0f | %.0f |%n"
                        .formatted(
                                side,
                                waits.size(),
                                CREATES,
                                millis(waits(asked, answered), 50),
                                millis(waits, 50),
                                millis(waits, 99));
    }

    private static List<Long> waits(Map<Integer, Long> begun, Map<Integer, Long> ended) {
        return begun.entrySet().stream()
                .flatMap(begin ->
                        Optional.ofNullable(ended.get(begin.getKey())).map(end -> end - begin.getValue()).stream())
                .sorted()
                .toList();
    }

    @Override
    public void close() {
        receiver.close();
    }

    private static double millis(List<Long> sorted, int percentile) {
        return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percentile / 100)) / 1e6;
    }

    private void subscribe(String address) {
        server.send(new Request("POST", "Subscription", """
                {"resourceType": "Subscription", "status": "requested", "reason": "measurement",
                 "criteria": "Observation?code=http://loinc.org|8867-4",
                 "channel": {"type": "rest-hook", "endpoint": "%s", "payload": "application/fhir+json"}}
                """.formatted(address)));
        LockSupport.parkNanos(Duration.ofSeconds(10).toNanos());
    }

    /** Creates some at the pace and waits until all were told of, or nobody can wait any longer. */
    private Map<Integer, Long> create(int count) {
        var asked = new ConcurrentHashMap<Integer, Long>();
        var workers = Executors.newFixedThreadPool(8);
        long start = System.nanoTime();
        for (int place = 0; place < count; place++) {
            int number = next++;
            LockSupport.parkNanos(start + place * PACE.toNanos() - System.nanoTime());
            workers.execute(() -> {
                asked.put(number, System.nanoTime());
                server.send(new Request("POST", "Observation", """
                        {"resourceType": "Observation", "status": "final",
                         "code": {"coding": [{"system": "http://loinc.org", "code": "8867-4"}]},
                         "valueQuantity": {"value": %d}}
                        """.formatted(number)));
                answered.put(number, System.nanoTime());
            });
        }
        workers.shutdown();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end
                && !(asked.size() == count && told.keySet().containsAll(asked.keySet()))) {
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
        return asked;
    }

    /** Takes every notification and notes when it came. */
    private final class Receiver implements AutoCloseable {

        private final HttpServer http;

        Receiver() {
            try {
                http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            http.createContext("/", this::take);
            http.start();
        }

        String address() {
            return "http://127.0.0.1:" + http.getAddress().getPort() + "/fhir";
        }

        private void take(HttpExchange exchange) throws IOException {
            long now = System.nanoTime();
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var value = VALUE.matcher(body);
            if (value.find()) {
                told.putIfAbsent(Integer.valueOf(value.group(1)), now);
            }
            exchange.getResponseHeaders().add("Content-Type", "application/fhir+json");
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        }

        @Override
        public void close() {
            http.stop(0);
        }
    }
}
