package org.rapport.harness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;

/** A FHIR client of one server with the token of one caller; answers are JSON. */
public final class FhirSession {

    /** FHIR's JSON. */
    public static final String FHIR_JSON = "application/fhir+json";

    private static final String REQUEST_ID = "X-Request-ID";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Supplier<String> token;
    private final Map<String, String> headers;
    private final Line line;

    private FhirSession(Line line, Supplier<String> token, Map<String, String> headers) {
        this.line = line;
        this.token = token;
        this.headers = Map.copyOf(headers);
    }

    /**
     * The way to a server.
     *
     * @param base the server's FHIR base
     * @param listener hears each answer
     */
    record Line(String base, HttpClient http, Listener listener) {

        static Line to(URI origin, Listener listener) {
            var http =
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
            return new Line(origin + "/fhir", http, listener);
        }
    }

    /** Hears what a server answers. */
    @FunctionalInterface
    interface Listener {

        /** An answer, and the body that was sent to get it. */
        void heard(BodyPublisher asked, HttpResponse<String> answer);
    }

    static FhirSession of(Line line, Supplier<String> token) {
        return new FhirSession(line, token, Map.of());
    }

    /** The same caller with the same token at another server. */
    public FhirSession at(Server server) {
        return server.sessionWith(token);
    }

    /** The same caller, who sends one more header. */
    public FhirSession with(String header, String value) {
        var more = new HashMap<>(headers);
        more.put(header, value);
        return new FhirSession(line, token, more);
    }

    /** The same caller, who changes the version of a resource that is there now; the same when there is none. */
    public FhirSession seeing(String path) {
        return get(path)
                .headers()
                .firstValue("ETag")
                .map(version -> with("If-Match", version))
                .orElse(this);
    }

    /** Reads what is at a path such as {@code Patient/1}, or at an absolute URL of the server. */
    public HttpResponse<String> get(String path) {
        return send("GET", path, "", BodyPublishers.noBody());
    }

    /** Posts a resource in JSON; an empty path takes a transaction. */
    public HttpResponse<String> post(String path, String resource) {
        return send("POST", path, FHIR_JSON, BodyPublishers.ofString(resource));
    }

    /**
     * Sends anything.
     *
     * @param contentType empty for none
     * @throws ServerUnreachable if no answer came
     */
    public HttpResponse<String> send(String method, String path, String contentType, BodyPublisher body) {
        var request = HttpRequest.newBuilder(uri(path))
                .timeout(Duration.ofMinutes(2))
                .header("Authorization", "Bearer " + token.get())
                .header("Accept", FHIR_JSON)
                .method(method, body);
        headers.forEach(request::header);
        if (!headers.containsKey(REQUEST_ID)) {
            request.header(REQUEST_ID, UUID.randomUUID().toString());
        }
        if (!contentType.isEmpty()) {
            request.header("Content-Type", contentType);
        }
        try {
            var answer = line.http().send(request.build(), BodyHandlers.ofString());
            line.listener().heard(body, answer);
            return answer;
        } catch (IOException e) {
            throw new ServerUnreachable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServerUnreachable(e);
        }
    }

    /** All resources that a search finds, over all of its pages. */
    public List<JsonNode> searchAll(String query) {
        var found = new ArrayList<JsonNode>();
        var next = Optional.of(query);
        while (next.isPresent()) {
            var page = json(get(next.get()));
            page.path("entry").forEach(entry -> found.add(entry.path("resource")));
            next = link(page, "next");
        }
        return found;
    }

    /** The body of an answer that must have succeeded. */
    public static JsonNode json(HttpResponse<String> response) {
        if (response.statusCode() / 100 != 2) {
            throw new AssertionError("Expected success, got " + response.statusCode() + ": " + response.body());
        }
        return parsed(response.body());
    }

    /** Text read as JSON. */
    public static JsonNode parsed(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<String> link(JsonNode page, String relation) {
        return StreamSupport.stream(page.path("link").spliterator(), false)
                .filter(link -> link.path("relation").asText().equals(relation))
                .map(link -> link.path("url").asText())
                .findFirst();
    }

    private URI uri(String path) {
        return URI.create(path.startsWith("http") ? path : path.isEmpty() ? line.base() : line.base() + "/" + path);
    }
}
