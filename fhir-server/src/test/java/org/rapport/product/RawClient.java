package org.rapport.product;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A client without manners: it sends whatever headers it is told, character by character.
 *
 * @param origin of the server
 */
record RawClient(URI origin) {

    private static final int LIMIT_MILLIS = 30_000;

    /** Sends a request without body, such as {@code GET /login}. */
    Answer send(String request, Map<String, String> headers) {
        var all = new LinkedHashMap<String, String>();
        all.put("Host", origin.getAuthority());
        all.put("Content-Length", "0");
        all.putAll(headers);
        all.put("Connection", "close");
        var text = all.entrySet().stream()
                .map(header -> header.getKey() + ": " + header.getValue() + "\r\n")
                .collect(Collectors.joining("", request + " HTTP/1.1\r\n", "\r\n"));
        try (var socket = new Socket(origin.getHost(), origin.getPort())) {
            socket.setSoTimeout(LIMIT_MILLIS);
            socket.getOutputStream().write(text.getBytes(ISO_8859_1));
            return new Answer(new String(socket.getInputStream().readAllBytes(), ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What came back.
     *
     * @param text status line, headers and body
     */
    record Answer(String text) {

        int status() {
            return Integer.parseInt(text.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length()));
        }

        /** The value of a header, by its name in lower case; empty when there is none. */
        String header(String name) {
            return Arrays.stream(text.split("\r\n\r\n", 2)[0].split("\r\n"))
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst()
                    .orElse("");
        }

        /** Whether it leads to the page that asks who one is. */
        boolean toSignIn() {
            return (status() == 302 || status() == 303) && header("location").startsWith("/login");
        }
    }
}
