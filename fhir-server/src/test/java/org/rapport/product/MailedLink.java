package org.rapport.product;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.regex.Pattern;

/** The link in a mail, as a patient uses it who has not signed in. */
record MailedLink(String address) {

    private static final Pattern LINK = Pattern.compile("http://\\S+/a/\\S{43}");
    private static final Pattern FORM_KEY = Pattern.compile("name=\"form\" value=\"([^\"]+)\"");

    static MailedLink in(JsonNode mail) {
        var text = mail.path("text").asText();
        var found = LINK.matcher(text);
        assertThat(found.find()).as(text).isTrue();
        return new MailedLink(found.group());
    }

    HttpResponse<String> open() {
        return send("GET", "");
    }

    /** Presses a button of a page that was opened. */
    HttpResponse<String> press(HttpResponse<String> page, String act) {
        var key = FORM_KEY.matcher(page.body());
        assertThat(key.find()).as(page.body()).isTrue();
        return send("POST", "act=" + act + "&form=" + key.group(1));
    }

    /** Sends a form or, when it is empty, nothing. */
    HttpResponse<String> send(String method, String form) {
        var request = HttpRequest.newBuilder(URI.create(address))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .method(method, form.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(form))
                .build();
        try {
            return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
