package org.rapport.harness.audit;

import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse;
import java.util.Optional;

/**
 * An answer as it came.
 *
 * @param asked the body that was sent to get it
 */
record Heard(BodyPublisher asked, HttpResponse<String> answer) {

    private static final String REQUEST_ID = "X-Request-ID";

    /** The token that was sent, empty for none. */
    String token() {
        return sent("Authorization").orElse("").replaceFirst("^Bearer ", "");
    }

    /** What it is to the FHIR base of that path; nothing when it came from elsewhere. */
    Optional<Exchange> exchange(String base) {
        var uri = answer.request().uri();
        var path = uri.getRawPath();
        if (!path.equals(base) && !path.startsWith(base + "/")) {
            return Optional.empty();
        }
        var line = new Exchange.Line(
                answer.request().method(),
                path.substring(base.length()).replaceFirst("^/", ""),
                Optional.ofNullable(uri.getRawQuery())
                        .or(() -> sent("If-None-Exist"))
                        .orElse(""));
        var id = answer.headers().firstValue(REQUEST_ID).or(() -> sent(REQUEST_ID));
        return Optional.of(new Exchange(id.orElseThrow(), line, Sent.text(asked), answer.statusCode(), answer.body()));
    }

    private Optional<String> sent(String header) {
        return answer.request().headers().firstValue(header);
    }
}
