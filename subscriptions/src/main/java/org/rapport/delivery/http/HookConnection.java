package org.rapport.delivery.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;
import org.rapport.outbound.Endpoint;
import org.rapport.outbound.PinnedConnection;

/**
 * Sends one HTTP/1.1 request to a checked address and reads nothing of the answer but its status.
 *
 * @param connect how long a connection may take
 * @param answer how long the rest may take, from the TLS handshake to the status
 */
record HookConnection(Duration connect, Duration answer) {

    private static final int LONGEST_LINE = 8192;
    private static final int MOST_LINES = 200;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-5]\\d\\d)( .*)?");

    /**
     * Sends a request.
     *
     * @return the status of the answer, 200 to 599
     * @throws IOException when no answer came in time, or none that is HTTP
     */
    int send(Endpoint endpoint, InetAddress address, HookRequest request) throws IOException {
        var text = (request.head() + request.body()).getBytes(StandardCharsets.UTF_8);
        return new PinnedConnection(connect, answer).exchange(endpoint, address, text, HookConnection::finalStatus);
    }

    /** An answer may be announced by others (1xx), each with headers and an empty line. */
    private static int finalStatus(InputStream in) throws IOException {
        int status = 0;
        for (int lines = 0; lines < MOST_LINES; lines++) {
            var line = line(in);
            var found = STATUS.matcher(line);
            if (status == 0) {
                if (!found.matches()) {
                    throw new IOException("The answer is not HTTP.");
                }
                status = Integer.parseInt(found.group(1));
            }
            if (status >= 200) {
                return status;
            }
            status = line.isEmpty() ? 0 : status;
        }
        throw new IOException("The answer has no end of announcements.");
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
