package org.rapport.benchmarks.workload;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The sample patients that a server holds, each with 99 resources about them.
 *
 * @param samples what was stored
 * @param patients their ids, in the order of their numbers
 */
public record World(Samples samples, List<String> patients) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Copies the list. */
    public World {
        patients = List.copyOf(patients);
    }

    /** Stores as many sample patients as asked for. */
    public static World create(FhirEndpoint server, Samples samples, int patients) {
        return new World(
                samples,
                IntStream.range(0, patients)
                        .mapToObj(n -> idOfFirst(server.send(Request.post("", samples.compartment(n)))))
                        .toList());
    }

    String patient(int n) {
        return patients.get(number(n));
    }

    /** Which patient the n-th request is about. */
    int number(int n) {
        return Math.floorMod(n, patients.size());
    }

    private static String idOfFirst(String transactionResponse) {
        try {
            var location = JSON.readTree(transactionResponse)
                    .at("/entry/0/response/location")
                    .asText();
            return location.replaceFirst("^.*Patient/([^/]+).*$", "$1");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The answer to a transaction was no JSON", e);
        }
    }
}
