package org.rapport.outbound;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Fetches JSON documents whose address somebody outside has named: within five seconds in all, 256 KB at most, without
 * redirects, from public addresses or hosts the operator allows.
 */
public final class JsonDocuments {

    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration ANSWER = Duration.ofSeconds(3);
    private static final int MOST_BYTES = 256 * 1024;
    private static final Pattern MEDIA_TYPE = Pattern.compile("application/([a-z0-9.+-]+\\+)?json *(;.*)?");
    private static final Pattern MAX_AGE = Pattern.compile("(?:^|[ ,])max-age=(\\d{1,9})(?:[ ,]|$)");

    private final CheckedAddress addresses;

    /** @param addresses decides where requests may go */
    public JsonDocuments(CheckedAddress addresses) {
        this.addresses = addresses;
    }

    /**
     * Fetches one.
     *
     * @throws IOException when it lies where nothing may be fetched, or does not come in time, whole and as JSON
     */
    public Document fetch(Endpoint endpoint) throws IOException {
        InetAddress address =
                addresses.of(endpoint).orElseThrow(() -> new IOException("The document is not on a public address."));
        var answer = new PinnedConnection(CONNECT, ANSWER)
                .exchange(endpoint, address, request(endpoint), in -> HttpAnswer.read(in, MOST_BYTES));
        if (answer.status() != 200) {
            throw new IOException("The answer has the status " + answer.status() + ".");
        }
        var type = answer.header("content-type").orElse("").toLowerCase(Locale.ROOT);
        if (!MEDIA_TYPE.matcher(type).matches()) {
            throw new IOException("The answer is not JSON.");
        }
        return new Document(answer.body(), answer.header("cache-control").flatMap(JsonDocuments::maxAge));
    }

    private static byte[] request(Endpoint endpoint) {
        var lines = "GET " + endpoint.target() + " HTTP/1.1\r\nHost: " + endpoint.hostHeader()
                + "\r\nUser-Agent: Rapport\r\nAccept: application/json\r\nConnection: close\r\n\r\n";
        return lines.getBytes(StandardCharsets.US_ASCII);
    }

    private static Optional<Duration> maxAge(String cacheControl) {
        var found = MAX_AGE.matcher(cacheControl.toLowerCase(Locale.ROOT));
        return found.find() ? Optional.of(Duration.ofSeconds(Long.parseLong(found.group(1)))) : Optional.empty();
    }

    /**
     * A document.
     *
     * @param json as it came
     * @param maxAge how long it may be kept, when the answer says so
     */
    public record Document(String json, Optional<Duration> maxAge) {}
}
