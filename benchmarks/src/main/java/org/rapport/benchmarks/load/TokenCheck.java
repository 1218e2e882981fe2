package org.rapport.benchmarks.load;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.rapport.benchmarks.workload.BackendServicesToken;
import org.rapport.benchmarks.workload.FhirEndpoint;
import org.rapport.benchmarks.workload.Request;

/**
 * Measures what the check of an access token costs a server: the same small document, which anyone may read, is asked for
 * with a token and without one, in turns, and the processor time of the server is compared.
 */
public final class TokenCheck {

    private static final Request DOCUMENT = new Request("GET", ".well-known/smart-configuration", "");
    private static final int WARM_UP = 6_000;
    private static final int REQUESTS = 4_000;
    private static final int ROUNDS = 6;

    private final ProcessCpu processes;
    private final FhirEndpoint with;
    private final FhirEndpoint without;
    private Duration spentWith = Duration.ZERO;
    private Duration spentWithout = Duration.ZERO;

    private TokenCheck(URI server, Supplier<String> token, ProcessCpu processes) {
        this.processes = processes;
        this.with = new FhirEndpoint(server, token);
        this.without = new FhirEndpoint(server, () -> "");
    }

    /**
     * Prints the cost.
     *
     * @param arguments FHIR base, credentials file of the demo, process ids of the server and its PostgreSQL with commas
     */
    public static void main(String[] arguments) {
        if (arguments.length != 3) {
            System.err.println("Usage: benchmarks/token-check");
            System.exit(2);
        }
        var token = new BackendServicesToken(Path.of(arguments[1]), "demo-reader", Clock.systemUTC());
        List<Long> pids = Stream.of(arguments[2].split(",")).map(Long::valueOf).toList();
        new TokenCheck(URI.create(arguments[0]), token, new ProcessCpu(pids)).measure();
    }

    private void measure() {
        ask(with, WARM_UP);
        ask(without, WARM_UP);
        for (int round = 0; round < ROUNDS; round++) {
            boolean first = round % 2 == 0;
            turn(first);
            turn(!first);
        }
        double one = perRequest(spentWith);
        double other = perRequest(spentWithout);
        System.out.printf("| request | CPU per request, ms |%n|---|--:|%n");
        System.out.printf(
                "| with a token | %.3f |%n| without | %.3f |%n| the check | %.3f |%n", one, other, one - other);
    }

    private void turn(boolean withToken) {
        var before = processes.used();
        ask(withToken ? with : without, REQUESTS);
        var spent = processes.used().minus(before);
        if (withToken) {
            spentWith = spentWith.plus(spent);
        } else {
            spentWithout = spentWithout.plus(spent);
        }
    }

    private static void ask(FhirEndpoint server, int times) {
        for (int i = 0; i < times; i++) {
            server.send(DOCUMENT);
        }
    }

    private static double perRequest(Duration spent) {
        return spent.toNanos() / 1e6 / (REQUESTS * ROUNDS);
    }
}
