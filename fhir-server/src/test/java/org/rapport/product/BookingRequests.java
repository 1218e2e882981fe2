package org.rapport.product;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.rapport.harness.FhirSession;

/** What tests of booking ask, and how they read the answers. */
final class BookingRequests {

    static final int BOOKERS = 16;

    private BookingRequests() {}

    static List<JsonNode> openings(FhirSession caller, String practitioner) {
        var bundle = FhirSession.json(caller.post("Appointment/$find", find(practitioner)));
        assertThat(bundle.path("type").asText()).isEqualTo("searchset");
        return StreamSupport.stream(bundle.path("entry").spliterator(), false)
                .map(entry -> entry.path("resource"))
                .toList();
    }

    /** Asks for the times of four weeks; of everybody when no practitioner is named. */
    static String find(String practitioner) {
        var now = Instant.now(Clock.systemUTC());
        var who = practitioner.isEmpty() ? "" : """
                , {"name": "practitioner", "valueReference": {"reference": "Practitioner/%s"}}
                """.formatted(practitioner);
        return """
                {"resourceType": "Parameters", "parameter": [
                  {"name": "start", "valueDateTime": "%s"}, {"name": "end", "valueDateTime": "%s"},
                  {"name": "_count", "valueInteger": 200}%s]}
                """.formatted(now, now.plus(Duration.ofDays(28)), who);
    }

    static String reserve(JsonNode opening) {
        return """
                {"resourceType": "Parameters", "parameter": [{"name": "appointment-resource", "resource": %s}]}
                """.formatted(opening);
    }

    static String reserve(JsonNode opening, String patient) {
        return """
                {"resourceType": "Parameters", "parameter": [{"name": "appointment-resource", "resource": %s},
                  {"name": "patient-resource", "resource": {"resourceType": "Patient", "id": "%s"}}]}
                """.formatted(opening, patient);
    }

    static String byReference(JsonNode appointment) {
        return """
                {"resourceType": "Parameters", "parameter": [
                  {"name": "appointment-reference", "valueReference": {"reference": "Appointment/%s"}}]}
                """.formatted(appointment.path("id").asText());
    }

    static String visit(String patient, Instant start, Instant end) {
        return """
                {"resourceType": "Appointment", "status": "booked", "start": "%s", "end": "%s", "participant": [
                  {"actor": {"reference": "Patient/%s"}, "status": "accepted"},
                  {"actor": {"reference": "Practitioner/dr-brandt"}, "status": "accepted"}]}
                """.formatted(start, end, patient);
    }

    static JsonNode only(HttpResponse<String> answer) {
        var bundle = FhirSession.json(answer);
        assertThat(bundle.path("entry")).hasSize(1);
        return bundle.at("/entry/0/resource");
    }

    static String slot(JsonNode opening) {
        return "Slot/" + opening.at("/slot/0/reference").asText().substring(1);
    }

    static List<String> slots(List<JsonNode> openings) {
        return openings.stream().map(BookingRequests::slot).toList();
    }

    static String participant(JsonNode appointment, String actor) {
        return StreamSupport.stream(appointment.path("participant").spliterator(), false)
                .filter(participant ->
                        participant.at("/actor/reference").asText().equals(actor))
                .map(participant -> participant.path("status").asText())
                .findFirst()
                .orElse("");
    }

    static HttpResponse<String> post(FhirSession caller, String path) {
        return caller.send("POST", path, "", BodyPublishers.noBody());
    }

    static int put(FhirSession caller, String path, JsonNode resource) {
        return caller.send("PUT", path, FhirSession.FHIR_JSON, BodyPublishers.ofString(resource.toString()))
                .statusCode();
    }

    static List<HttpResponse<String>> race(java.util.function.IntFunction<HttpResponse<String>> request) {
        var barrier = new CyclicBarrier(BOOKERS);
        var pool = Executors.newFixedThreadPool(BOOKERS);
        try {
            var answers = IntStream.range(0, BOOKERS)
                    .mapToObj(booker -> pool.submit(() -> {
                        barrier.await();
                        return request.apply(booker);
                    }))
                    .toList();
            var all = new java.util.ArrayList<HttpResponse<String>>();
            for (var answer : answers) {
                all.add(answer.get());
            }
            return all;
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        } finally {
            pool.shutdown();
        }
    }

    /** Checks for the answer to somebody who comes too late. */
    static void assertTaken(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(FhirSession.parsed(answer.body()).at("/issue/0/code").asText())
                .isEqualTo("conflict");
        assertThat(FhirSession.parsed(answer.body()).at("/issue/0/diagnostics").asText())
                .isEqualTo("That time is taken");
    }
}
