package org.rapport.siem;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.rapport.outbound.Deadline;

/**
 * A connection to a collector, opened when it is needed and again after a failure.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5425">RFC 5425, syslog over TLS</a>
 */
final class SyslogLine implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 5_000;
    private static final Duration LONGEST_PAGE = Duration.ofSeconds(30);

    private final SyslogSettings settings;
    private final Duration longest;
    private final SSLSocketFactory encryption;
    private @Nullable Socket socket;

    SyslogLine(SyslogSettings settings) {
        this(settings, LONGEST_PAGE, (SSLSocketFactory) SSLSocketFactory.getDefault());
    }

    /**
     * @param longest how long a collector has to take a page
     * @param encryption knows whose certificates count
     */
    SyslogLine(SyslogSettings settings, Duration longest, SSLSocketFactory encryption) {
        this.settings = settings;
        this.longest = longest;
        this.encryption = encryption;
    }

    /** Hands the frames over; whether they arrive nobody tells. */
    void send(List<byte[]> frames) throws IOException {
        try {
            var open = socket == null ? connect() : socket;
            socket = open;
            requireListener(open);
            write(open, frames);
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private void write(Socket open, List<byte[]> frames) throws IOException {
        try (var deadline = new Deadline(open, longest)) {
            try {
                var stream = open.getOutputStream();
                for (var frame : frames) {
                    stream.write(frame);
                }
                stream.flush();
            } catch (IOException e) {
                throw deadline.explain(e);
            }
        }
    }

    /** A collector says nothing; when something can be read, it is the end. */
    private static void requireListener(Socket open) throws IOException {
        open.setSoTimeout(1);
        try {
            if (open.getInputStream().read() < 0) {
                throw new IOException("The collector has closed the connection.");
            }
        } catch (SocketTimeoutException stillThere) {
            open.setSoTimeout(PATIENCE_MILLIS);
        }
    }

    private Socket connect() throws IOException {
        var host = Objects.requireNonNull(settings.host());
        var plain = new Socket();
        try {
            plain.connect(new InetSocketAddress(host, settings.port()), PATIENCE_MILLIS);
            plain.setSoTimeout(PATIENCE_MILLIS);
            plain.setKeepAlive(true);
            return settings.tls() ? encrypted(plain, host) : plain;
        } catch (IOException e) {
            plain.close();
            throw e;
        }
    }

    private Socket encrypted(Socket plain, String host) throws IOException {
        var encrypted = (SSLSocket) encryption.createSocket(plain, host, settings.port(), true);
        var parameters = encrypted.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        encrypted.setSSLParameters(parameters);
        encrypted.startHandshake();
        return encrypted;
    }

    @Override
    public void close() {
        var open = socket;
        socket = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // it is given up either way
            }
        }
    }
}
