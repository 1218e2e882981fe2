package org.rapport.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.rapport.harness.FhirSession;
import org.rapport.harness.Server;
import org.rapport.server.cli.PersonToken;

/** The demo's administrator at the API, and its EHR. */
final class Administrator {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Server server;
    private final PersonToken token;
    private final HttpClient http = HttpClient.newHttpClient();

    Administrator(Server server) {
        this.server = server;
        this.token = new PersonToken(server.plan().dataDirectory(), "admin", "demo-app", "openid rapport/admin");
    }

    /** Registers an application; the answer is its secret, empty for one without. */
    String register(Map<String, Object> client) {
        return post("/admin/api/clients", token.get(), client)
                .path("clientSecret")
                .asText();
    }

    /** What the demo's EHR, with somebody signed in, appends to the launch address of an app. */
    String launchFromEhr(String user, Map<String, Object> context) {
        var ehr = new PersonToken(server.plan().dataDirectory(), user, "demo-ehr");
        return post("/launch/ehr", ehr.get(), context).path("launch_parameters").asText();
    }

    private JsonNode post(String path, String bearer, Map<String, Object> body) {
        try {
            var request = HttpRequest.newBuilder(server.origin().resolve(path))
                    .header("Authorization", "Bearer " + bearer)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(JSON.writeValueAsString(body)));
            return FhirSession.json(http.send(request.build(), BodyHandlers.ofString()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
