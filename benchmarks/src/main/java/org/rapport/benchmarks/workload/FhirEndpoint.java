package org.rapport.benchmarks.workload;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * A FHIR server on this machine, and the right to use it.
 *
 * <p>It refuses every other machine: a load driver is a weapon, and a bearer token a secret.
 */
public final class FhirEndpoint {

    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private final URI base;
    private final Supplier<String> token;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    /**
     * Names a server.
     *
     * @param base FHIR base URL on a loopback address, such as {@code http://127.0.0.1:8080/fhir}
     * @param token asked for each request; an empty one sends no {@code Authorization}
     * @throws IllegalArgumentException when the base is not on a loopback address
     */
    public FhirEndpoint(URI base, Supplier<String> token) {
        if (!isLoopback(base)) {
            throw new IllegalArgumentException(
                    "Expected a server on this machine, such as http://127.0.0.1:8080/fhir, not " + base);
        }
        this.base = base;
        this.token = token;
    }

    /**
     * Sends a request and waits for the answer.
     *
     * @throws IllegalStateException when the answer is not a success
     */
    public String send(Request request) {
        var message = HttpRequest.newBuilder(URI.create(base + "/" + request.path()))
                .timeout(TIMEOUT)
                .header("Accept", "application/fhir+json")
                .method(
                        request.method(),
                        request.body().isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(request.body()));
        if (!request.body().isEmpty()) {
            message.header("Content-Type", "application/fhir+json");
        }
        var bearer = token.get();
        if (!bearer.isEmpty()) {
            message.header("Authorization", "Bearer " + bearer);
        }
        return send(message.build());
    }

    private String send(HttpRequest message) {
        try {
            var answer = http.send(message, BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2) {
                throw new IllegalStateException("%s %s was answered with %d: %s"
                        .formatted(message.method(), message.uri(), answer.statusCode(), start(answer.body())));
            }
            return answer.body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new InterruptedIOException("Interrupted at " + message.uri()));
        } catch (IOException e) {
            throw new UncheckedIOException("%s %s failed".formatted(message.method(), message.uri()), e);
        }
    }

    private static String start(String body) {
        return body.substring(0, Math.min(body.length(), 500));
    }

    private static boolean isLoopback(URI base) {
        try {
            return base.getHost() != null
                    && InetAddress.getByName(base.getHost()).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
