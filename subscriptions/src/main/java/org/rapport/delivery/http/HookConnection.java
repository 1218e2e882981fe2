package org.rapport.delivery.http;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.rapport.delivery.Endpoint;

/**
 * Sends one HTTP/1.1 request and reads nothing of the answer but its status.
 *
 * <p>The HTTP clients of the JDK look the name up by themselves, so that what was checked need not be what is reached;
 * this one takes the address. It follows no redirect, keeps no connection and no cookie.
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
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, endpoint.port()), (int) connect.toMillis());
            var late = CompletableFuture.runAsync(
                    () -> close(socket), CompletableFuture.delayedExecutor(answer.toMillis(), TimeUnit.MILLISECONDS));
            try (var stream = endpoint.secure() ? secured(socket, endpoint) : socket) {
                return exchange(stream, request);
            } catch (IOException e) {
                throw late.isDone() ? new SocketTimeoutException() : e;
            } finally {
                late.cancel(false);
            }
        }
    }

    private static SSLSocket secured(Socket socket, Endpoint endpoint) throws IOException {
        var factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        var secured = (SSLSocket) factory.createSocket(socket, endpoint.host(), endpoint.port(), true);
        var parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        return secured;
    }

    private static int exchange(Socket socket, HookRequest request) throws IOException {
        var out = socket.getOutputStream();
        out.write((request.head() + request.body()).getBytes(StandardCharsets.UTF_8));
        out.flush();
        return finalStatus(new BufferedInputStream(socket.getInputStream()));
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

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is closed as far as it can be, and whoever waits for it is told by a failure of its own
        }
    }
}
