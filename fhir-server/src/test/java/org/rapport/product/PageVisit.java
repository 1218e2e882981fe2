package org.rapport.product;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A browser without a screen at the pages of a server: it keeps cookies and follows redirects. */
final class PageVisit {

    private static final Pattern FORM_TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private final URI origin;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .cookieHandler(new CookieManager())
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();

    PageVisit(URI origin) {
        this.origin = origin;
    }

    HttpResponse<String> get(String path) {
        return send(request(path).GET());
    }

    /** Sends a form. */
    HttpResponse<String> post(String path, Map<String, String> fields) {
        var form = fields.entrySet().stream()
                .map(field -> field.getKey() + '=' + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return send(request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
    }

    /** Sends a request without a body to an API. */
    HttpResponse<String> send(String method, String path, String bearer) {
        return send(request(path).header("Authorization", "Bearer " + bearer).method(method, BodyPublishers.noBody()));
    }

    /** What the first form of a page sends to prove that it was shown. */
    static String formToken(HttpResponse<String> page) {
        var token = FORM_TOKEN.matcher(page.body());
        if (!token.find()) {
            throw new IllegalStateException("No form: " + page.statusCode() + ' ' + page.body());
        }
        return token.group(1);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(origin.resolve(path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
