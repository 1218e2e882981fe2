package org.rapport.rights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.rapport.harness.FhirSession;

/** Asks for exports, waits for them and fetches them. */
final class BulkClient {

    private BulkClient() {}

    /** Who waits for the answer elsewhere. */
    static FhirSession async(FhirSession session) {
        return session.with("Prefer", "respond-async");
    }

    /** Where the answer will be. */
    static String statusUrl(HttpResponse<String> accepted) {
        assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
        return accepted.headers().firstValue("Content-Location").orElseThrow();
    }

    /** The manifest of an export that was accepted, when it is done. */
    static JsonNode finished(FhirSession session, HttpResponse<String> accepted) {
        return manifest(session, statusUrl(accepted));
    }

    /** The manifest that a status address shows at last. */
    static JsonNode manifest(FhirSession session, String status) {
        return FhirSession.json(await().atMost(Duration.ofSeconds(60))
                .until(() -> session.get(status), answer -> answer.statusCode() != 202));
    }

    /** All lines of all files, each of which holds one type. */
    static String text(FhirSession session, JsonNode manifest) {
        var text = new StringBuilder();
        for (var file : manifest.path("output")) {
            var lines = session.get(file.path("url").asText()).body().lines().toList();
            assertThat(lines)
                    .allSatisfy(line -> assertThat(FhirSession.parsed(line)
                                    .path("resourceType")
                                    .asText())
                            .isEqualTo(file.path("type").asText()));
            text.append(String.join("\n", lines)).append("\n");
        }
        return text.toString();
    }
}
