package org.rapport.benchmarks.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.rapport.benchmarks.workload.FhirEndpoint;
import org.rapport.benchmarks.workload.Request;

/**
 * Measures what rights, consents, labels and the audit cost: a clinician asks the product and the product without its hooks
 * for the same, in turns, and the processor time of each server with its database is compared.
 */
public final class SecurityCost {

    private static final Request SEARCH = new Request("GET", "Observation?patient=Patient/alice&_count=20", "");
    private static final Request CREATE = create("carol");

    /** So many matches of the search, more than its page holds. */
    private static final int MATCHES = 30;

    private static final int WARM_UP = 9_000;
    private static final int REQUESTS = 200;
    private static final int ROUNDS = 24;

    private final Measured guarded;
    private final Measured unguarded;

    private SecurityCost(Measured guarded, Measured unguarded) {
        this.guarded = guarded;
        this.unguarded = unguarded;
    }

    /**
     * Prints the cost.
     *
     * @param arguments for the product, then for the one without hooks: FHIR base, file with an access token, process ids of
     *     the server and its PostgreSQL with commas
     */
    public static void main(String[] arguments) {
        if (arguments.length != 6) {
            System.err.println("Usage: benchmarks/security-cost");
            System.exit(2);
        }
        new SecurityCost(
                        Measured.of(arguments[0], arguments[1], arguments[2]),
                        Measured.of(arguments[3], arguments[4], arguments[5]))
                .measure();
    }

    private static Request create(String patient) {
        return new Request("POST", "Observation", """
            {"resourceType": "Observation", "status": "final", "subject": {"reference": "Patient/%s"},
             "performer": [{"reference": "Practitioner/dr-adams"}], "effectiveDateTime": "2026-03-01T10:00:00Z",
             "code": {"coding": [{"system": "http://loinc.org", "code": "8867-4"}]},
             "valueQuantity": {"value": 71, "unit": "/min", "system": "http://unitsofmeasure.org", "code": "/min"}}\
            """.formatted(patient));
    }

    private void measure() {
        guarded.ask(create("alice"), MATCHES);
        unguarded.ask(create("alice"), MATCHES);
        System.out.printf(
                "| request | CPU with, ms | without, ms | ratio, median round (middle half of the rounds) |%n|---|--:|--:|--:|%n");
        measure("search of 20", SEARCH);
        measure("create", CREATE);
    }

    private void measure(String name, Request request) {
        guarded.ask(request, WARM_UP);
        unguarded.ask(request, WARM_UP);
        var with = new ArrayList<Double>();
        var without = new ArrayList<Double>();
        var ratios = new ArrayList<Double>();
        for (int round = 0; round < ROUNDS; round++) {
            double first = (round % 2 == 0 ? guarded : unguarded).milliseconds(request);
            double second = (round % 2 == 0 ? unguarded : guarded).milliseconds(request);
            with.add(round % 2 == 0 ? first : second);
            without.add(round % 2 == 0 ? second : first);
            ratios.add(with.get(round) / without.get(round));
        }
        System.out.printf(
                "| %s | %.2f | %.2f | %.2f (%.2f to %.2f) |%n",
                name,
                quantile(with, 0.5),
                quantile(without, 0.5),
                quantile(ratios, 0.5),
                quantile(ratios, 0.25),
                quantile(ratios, 0.75));
    }

    /** The value that a part of them is not above, halfway between two where it falls between them. */
    private static double quantile(List<Double> values, double part) {
        var sorted = values.stream().sorted().toList();
        double place = part * (sorted.size() - 1);
        return (sorted.get((int) Math.floor(place)) + sorted.get((int) Math.ceil(place))) / 2;
    }

    /** A server and what it uses. */
    private record Measured(FhirEndpoint server, ProcessCpu processes) {

        static Measured of(String base, String tokenFile, String pids) {
            try {
                var token = Files.readString(Path.of(tokenFile)).strip();
                return new Measured(
                        new FhirEndpoint(URI.create(base), () -> token),
                        new ProcessCpu(
                                Stream.of(pids.split(",")).map(Long::valueOf).toList()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void ask(Request request, int times) {
            for (int i = 0; i < times; i++) {
                server.send(request);
            }
        }

        double milliseconds(Request request) {
            Duration before = processes.used();
            ask(request, REQUESTS);
            return processes.used().minus(before).toNanos() / 1e6 / REQUESTS;
        }
    }
}
