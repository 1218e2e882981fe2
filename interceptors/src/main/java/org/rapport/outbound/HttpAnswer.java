package org.rapport.outbound;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An answer to a request after which the connection ends.
 *
 * @param status 200 to 599
 * @param headers by name in lower case; of several with one name the last
 * @param body UTF-8; empty unless the status is 200
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112">RFC 9112</a>
 */
record HttpAnswer(int status, Map<String, String> headers, String body) {

    private static final int LONGEST_LINE = 8192;
    private static final int MOST_LINES = 200;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([2-5]\\d\\d)( .*)?");
    private static final Pattern CHUNK = Pattern.compile("([0-9a-fA-F]{1,7})( *;.*)?");

    /**
     * Reads an answer to its end; the body only of a 200.
     *
     * @throws IOException when it is not HTTP, cut short or longer than allowed
     */
    static HttpAnswer read(InputStream in, int mostBytes) throws IOException {
        var first = STATUS.matcher(line(in));
        if (!first.matches()) {
            throw new IOException("The answer is not HTTP.");
        }
        int status = Integer.parseInt(first.group(1));
        var headers = headers(in);
        var body = status == 200 ? body(in, headers, mostBytes) : new byte[0];
        return new HttpAnswer(status, headers, new String(body, StandardCharsets.UTF_8));
    }

    /** The value of a header. */
    Optional<String> header(String lowerCaseName) {
        return Optional.ofNullable(headers.get(lowerCaseName));
    }

    private static Map<String, String> headers(InputStream in) throws IOException {
        var headers = new HashMap<String, String>();
        for (int lines = 0; lines < MOST_LINES; lines++) {
            var line = line(in);
            if (line.isEmpty()) {
                return headers;
            }
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new IOException("The answer has a header without a name.");
            }
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        throw new IOException("The answer has too many headers.");
    }

    private static byte[] body(InputStream in, Map<String, String> headers, int most) throws IOException {
        var coding = headers.get("transfer-encoding");
        if (coding != null) {
            return chunks(in, coding, most);
        }
        var length = headers.get("content-length");
        if (length == null) {
            return bounded(in.readNBytes(most + 1), most);
        }
        int announced = number(length, 10, most);
        var body = in.readNBytes(announced);
        if (body.length < announced) {
            throw new IOException("The answer ends within its body.");
        }
        return body;
    }

    private static byte[] chunks(InputStream in, String coding, int most) throws IOException {
        if (!coding.equalsIgnoreCase("chunked")) {
            throw new IOException("The answer comes in an unknown coding.");
        }
        var body = new ByteArrayOutputStream();
        while (true) {
            var size = CHUNK.matcher(line(in));
            int length = size.matches() ? number(size.group(1), 16, most) : -1;
            if (length == 0) {
                return body.toByteArray();
            }
            var chunk = length < 0 ? new byte[0] : in.readNBytes(length);
            if (chunk.length != length || !line(in).isEmpty()) {
                throw new IOException("The answer has a broken chunk.");
            }
            body.write(chunk, 0, length);
            bounded(body.toByteArray(), most);
        }
    }

    private static byte[] bounded(byte[] body, int most) throws IOException {
        if (body.length > most) {
            throw new IOException("The answer is too long.");
        }
        return body;
    }

    private static int number(String digits, int radix, int most) throws IOException {
        try {
            int number = Integer.parseInt(digits, radix);
            if (number >= 0 && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IOException("The answer has a length that is no number.", e);
        }
        throw new IOException("The answer is too long.");
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0 || line.length() == LONGEST_LINE) {
                throw new IOException("The answer ends within its first lines.");
            }
            line.append((char) next);
        }
        return line.toString().stripTrailing();
    }
}
