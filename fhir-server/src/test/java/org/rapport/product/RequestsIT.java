package org.rapport.product;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rapport.harness.FhirSession;
import org.rapport.harness.SharedServer;

/** The requests that users copy do what they say. */
class RequestsIT {

    @RegisterExtension
    static final SharedServer SHARED = new SharedServer();

    private static final Pattern ANSWER = Pattern.compile("\\{\\{(\\w+)\\.response\\.body\\.([\\w.\\[\\]]+)}}");
    private static final String REFUSED = "{{fhir}}/Patient/bob";

    /** What the answer to a request of that title must hold, where and what; soon, when it is asked again. */
    private static final Map<String, Entry<String, String>> EXPECTED = Map.of(
            "A moment later it is active", entry("/status", "active"),
            "The reminders that were planned for it", entry("/entry/0/resource/status", "active"),
            "Say that you will come", entry("/participant/0/status", "accepted"),
            "Cancel it: the time is free again, the reminders are revoked", entry("/status", "cancelled"),
            "An EHR opens demo-app with Alice, for the doctor who is signed in to it", entry("/expires_in", "300"),
            "What the style of the launch names", entry("/color_background", "#ffffff"),
            "Alice reads her own record, and tries another's", entry("/id", "alice"),
            "And everything Alice did, refusals too", entry("/entry/0/resource/resourceType", "AuditEvent"));

    private final Map<String, JsonNode> answers = new HashMap<>();

    @ParameterizedTest
    @ValueSource(strings = {"reading", "booking", "subscription", "audit", "launch"})
    void areAnsweredAsTheirFileSays(String file) {
        for (var request :
                HttpFile.read(Path.of("../requests/" + file + ".http")).requests()) {
            if (request.address().equals(REFUSED)) {
                assertThat(send(request).statusCode()).isEqualTo(404);
            } else {
                var body = answer(request);
                request.name().ifPresent(name -> answers.put(name, body));
            }
        }
    }

    private JsonNode answer(HttpFile.Request request) {
        var expected = EXPECTED.get(request.title());
        return expected == null
                ? FhirSession.json(send(request))
                : await(request.title())
                        .atMost(Duration.ofSeconds(75))
                        .until(
                                () -> FhirSession.json(send(request)),
                                body -> body.at(expected.getKey()).asText().equals(expected.getValue()));
    }

    private HttpResponse<String> send(HttpFile.Request request) {
        var address = filled(request.address())
                .replace("{{fhir}}", SHARED.server().origin() + "/fhir")
                .replace("http://127.0.0.1:8080", SHARED.server().origin().toString());
        if (request.caller().isEmpty()) {
            return new MailedLink(address).open();
        }
        var caller = caller(request.caller().get());
        var session = request.idempotencyKey()
                .map(key -> caller.with("Idempotency-Key", key))
                .orElse(caller);
        return session.send(
                request.method(),
                address,
                request.body().isEmpty() ? "" : request.contentType().orElse(FhirSession.FHIR_JSON),
                BodyPublishers.ofString(filled(request.body())));
    }

    private static FhirSession caller(String variable) {
        return switch (variable) {
            case "backend" -> SHARED.session("demo-backend");
            case "ehr" -> SHARED.server().personSession("dr-adams", "demo-ehr");
            case "adams" -> SHARED.server().personSession("dr-adams");
            case "kim" -> SHARED.server().personSession("privacy-kim");
            default -> SHARED.server().personSession(variable);
        };
    }

    /** With what was answered before, and with days to come. */
    private String filled(String text) {
        var today = LocalDate.now(Clock.systemUTC());
        var days = text.replaceAll(
                        "\"start\", \"valueDateTime\": \"[^\"]+\"",
                        "\"start\", \"valueDateTime\": \"" + today.plusDays(1) + "\"")
                .replaceAll(
                        "\"end\", \"valueDateTime\": \"[^\"]+\"",
                        "\"end\", \"valueDateTime\": \"" + today.plusDays(8) + "\"");
        return ANSWER.matcher(days).replaceAll(this::answered);
    }

    private String answered(MatchResult place) {
        var pointer = "/" + place.group(2).replaceAll("\\[(\\d+)]", "/$1").replace('.', '/');
        var value = Objects.requireNonNull(answers.get(place.group(1)), place.group())
                .at(pointer);
        assertThat(value.isMissingNode()).as(place.group()).isFalse();
        return Matcher.quoteReplacement(value.isTextual() ? value.asText() : value.toString());
    }
}
