package org.rapport.harness;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The mails that a demo server's catcher has taken.
 *
 * @param origin of the server
 */
public record Mailbox(URI origin) {

    /** Those to an address, newest first. */
    public List<JsonNode> to(String address) {
        var request = HttpRequest.newBuilder(origin.resolve("/demo/mailbox.json?to=" + address))
                .timeout(Duration.ofSeconds(30))
                .build();
        try {
            var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
            var mails = new ArrayList<JsonNode>();
            FhirSession.json(answer).forEach(mails::add);
            return mails;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
