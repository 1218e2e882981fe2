package org.rapport.rights;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;
import org.rapport.harness.FhirSession;
import org.rapport.harness.SharedServer;

/**
 * The people of the demo world as the security reference needs them: Alice, whom Dr Adams treats and Dr Brandt does not, and
 * Bob, with whom it is the other way round.
 */
record World(FhirSession backend, FhirSession alice, FhirSession bob, FhirSession drAdams, FhirSession drBrandt) {

    static World of(SharedServer shared) {
        var server = shared.server();
        return new World(
                shared.session("demo-backend"),
                server.personSession("alice"),
                server.personSession("bob"),
                server.personSession("dr-adams"),
                server.personSession("dr-brandt"));
    }

    /** Stores a resource under an id; what was there before is replaced. */
    void store(String type, String id, String rest) {
        var path = type + "/" + id;
        var stored = put(backend.seeing(path), path, resource(type, id, rest));
        assertThat(stored.statusCode()).as(stored.body()).isIn(200, 201);
    }

    /** A resource in JSON. */
    static String resource(String type, String id, String rest) {
        return "{\"resourceType\": \"%s\", \"id\": \"%s\", %s}".formatted(type, id, rest);
    }

    /** What an Observation says beside its id. */
    static String observation(String patient, String code) {
        return """
                "status": "final", "subject": {"reference": "Patient/%s"},
                "code": {"coding": [{"system": "urn:test:codes", "code": "%s"}]}""".formatted(patient, code);
    }

    static HttpResponse<String> put(FhirSession session, String path, String resource) {
        return session.send("PUT", path, FhirSession.FHIR_JSON, BodyPublishers.ofString(resource));
    }

    static HttpResponse<String> delete(FhirSession session, String path) {
        return session.send("DELETE", path, "", BodyPublishers.noBody());
    }

    /** F403. */
    static void assertDenied(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(403);
        assertThat(answer.body()).contains("\"code\":\"forbidden\"", "\"diagnostics\":\"Access denied\"");
    }

    /** N404: hidden and unknown answer byte by byte the same. */
    static void assertHidden(HttpResponse<String> hidden, HttpResponse<String> unknown) {
        assertThat(hidden.statusCode()).as(hidden.body()).isEqualTo(404);
        assertThat(normalised(hidden)).isEqualTo(normalised(unknown));
    }

    /** E200. */
    static void assertEmpty(HttpResponse<String> answer) {
        var bundle = FhirSession.json(answer);
        assertThat(bundle.path("type").asText()).isEqualTo("searchset");
        assertThat(ids(bundle)).isEmpty();
        assertThat(bundle.path("total").asInt(0)).isZero();
    }

    /** B400. */
    static void assertInvalid(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(FhirSession.parsed(answer.body()).at("/issue/0/code").asText())
                .isIn("structure", "invalid", "not-supported", "too-costly");
    }

    /** The resources of an answer, such as {@code Patient/alice}. */
    static List<String> ids(JsonNode bundle) {
        return StreamSupport.stream(bundle.path("entry").spliterator(), false)
                .map(entry -> entry.path("resource"))
                .map(resource -> resource.path("resourceType").asText() + "/"
                        + resource.path("id").asText())
                .toList();
    }

    /** An answer without what differs from one request to the next. */
    static String normalised(HttpResponse<String> answer) {
        var headers = answer.headers().map().entrySet().stream()
                .filter(header -> List.of("location", "content-location", "etag", "www-authenticate", "content-type")
                        .contains(header.getKey().toLowerCase(Locale.ROOT)))
                .map(header -> header.getKey() + "="
                        + header.getValue().toString().replaceAll("/Bundle/[0-9a-f-]+", "/Bundle/"))
                .sorted()
                .toList();
        return answer.statusCode() + " " + headers + " " + body(answer.body());
    }

    /** Answers have ids of their own, those in the answer to a batch too. */
    private static void withoutIds(JsonNode answer) {
        if (answer.path("resourceType").asText().equals("Bundle")) {
            ((ObjectNode) answer).remove(List.of("id", "meta"));
        }
    }

    private static String body(String text) {
        if (!text.startsWith("{")) {
            return text;
        }
        var json = FhirSession.parsed(text.replaceAll("_page=[A-Za-z0-9_-]+", "_page="));
        withoutIds(json);
        json.path("entry").forEach(entry -> withoutIds(entry.path("resource")));
        for (var details : json.findValues("details")) {
            if (details instanceof ObjectNode named) {
                named.remove("text");
            }
        }
        return json.toString();
    }
}
