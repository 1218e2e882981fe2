package org.rapport.outbound;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Sends one request to an address that was checked.
 *
 * <p>The HTTP clients of the JDK look the name up by themselves, so that what was checked need not be what is reached;
 * this one takes the address. It follows no redirect, keeps no connection and no cookie.
 *
 * @param connect how long a connection may take
 * @param answer how long the rest may take, from the TLS handshake to the end of the answer
 */
public record PinnedConnection(Duration connect, Duration answer) {

    /** Reads an answer. */
    @FunctionalInterface
    public interface Reading<T> {

        /**
         * What the answer says.
         *
         * @throws IOException when it is no answer
         */
        T of(InputStream in) throws IOException;
    }

    /**
     * Sends a request and reads the answer.
     *
     * @throws IOException when no answer came in time, or none that can be read
     */
    public <T> T exchange(Endpoint endpoint, InetAddress address, byte[] request, Reading<T> reading)
            throws IOException {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, endpoint.port()), (int) connect.toMillis());
            try (var deadline = new Deadline(socket, answer)) {
                try (var stream = endpoint.secure() ? secured(socket, endpoint) : socket) {
                    stream.getOutputStream().write(request);
                    stream.getOutputStream().flush();
                    return reading.of(new BufferedInputStream(stream.getInputStream()));
                } catch (IOException e) {
                    throw deadline.explain(e);
                }
            }
        }
    }

    private static SSLSocket secured(Socket socket, Endpoint endpoint) throws IOException {
        var secured = (SSLSocket) factory().createSocket(socket, endpoint.host(), endpoint.port(), true);
        var parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        return secured;
    }

    /** Of the context that is the default now: SSLSocketFactory keeps the first one for ever. */
    private static SSLSocketFactory factory() throws IOException {
        try {
            return SSLContext.getDefault().getSocketFactory();
        } catch (NoSuchAlgorithmException e) {
            throw new IOException("This Java runtime has no TLS.", e);
        }
    }
}
