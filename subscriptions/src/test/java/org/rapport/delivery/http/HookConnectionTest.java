package org.rapport.delivery.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rapport.outbound.Endpoint;
import org.rapport.testing.OwnThread;

class HookConnectionTest {

    private static final HookRequest REQUEST =
            new HookRequest("PUT /Observation/1 HTTP/1.1\r\nContent-Length: 3\r\n\r\n", "{ü}");

    private final HookConnection connection = new HookConnection(Duration.ofSeconds(5), Duration.ofSeconds(10));
    private final InetAddress here = InetAddress.getLoopbackAddress();
    private ServerSocket receiver = closed();

    @BeforeEach
    void listen() throws IOException {
        receiver = new ServerSocket(0, 5, here);
    }

    @AfterEach
    void close() throws IOException {
        receiver.close();
    }

    @ParameterizedTest(name = "{index}: {0}")
    @CsvSource({
        "HTTP/1.1 200 OK|,                                                     200",
        "HTTP/1.1 204|,                                                        204",
        "HTTP/1.0 503 Service Unavailable|,                                    503",
        "HTTP/1.1 302 Found|Location: http://127.0.0.1/||,                     302",
        "HTTP/1.1 100 Continue||HTTP/1.1 201 Created|,                         201",
        "HTTP/1.1 103 Early Hints|Link: </style.css>||HTTP/1.1 410 Gone|,      410",
    })
    void readsTheStatusAndNothingElse(String answer, int status) throws IOException {
        answering(answer.replace("|", "\r\n"));
        assertThat(connection.send(endpoint(), here, REQUEST)).isEqualTo(status);
    }

    @ParameterizedTest(name = "{index}: {0}")
    @CsvSource({"220 mail.example.org ESMTP|", "HTTP/2 200|", "''", "HTTP/1.1 20"})
    void takesNothingElseForAnAnswer(String answer) {
        answering(answer.replace("|", "\r\n"));
        assertThatThrownBy(() -> connection.send(endpoint(), here, REQUEST)).isInstanceOf(IOException.class);
    }

    @Test
    void givesUpOnAReceiverThatKeepsSilent() {
        var impatient = new HookConnection(Duration.ofSeconds(5), Duration.ofMillis(200));
        assertThatThrownBy(() -> impatient.send(endpoint(), here, REQUEST)).isInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void givesUpOnAReceiverThatDoesNotRead() {
        var impatient = new HookConnection(Duration.ofSeconds(5), Duration.ofMillis(200));
        var large = new HookRequest(REQUEST.head(), "x".repeat(50_000_000));
        assertThatThrownBy(() -> impatient.send(endpoint(), here, large)).isInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void goesToTheAddressThatWasCheckedWhateverTheNameSays() throws IOException {
        answering("HTTP/1.1 200 OK\r\n");
        var elsewhere = new Endpoint(URI.create("http://hooks.invalid:" + receiver.getLocalPort() + "/"));
        assertThat(connection.send(elsewhere, here, REQUEST)).isEqualTo(200);
    }

    /** SU-021: nothing is said before the receiver has shown a certificate. */
    @Test
    void saysNothingToAReceiverWithoutTls() {
        var heard = CompletableFuture.supplyAsync(
                () -> {
                    try (var socket = receiver.accept()) {
                        var first = socket.getInputStream().readNBytes(5);
                        socket.getOutputStream().write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII));
                        return new String(first, StandardCharsets.ISO_8859_1);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                OwnThread.EACH);
        var secure = new Endpoint(URI.create("https://127.0.0.1:" + receiver.getLocalPort() + "/"));
        assertThatThrownBy(() -> connection.send(secure, here, REQUEST)).isInstanceOf(IOException.class);
        assertThat(heard.join()).doesNotContain("PUT");
    }

    private Endpoint endpoint() {
        return new Endpoint(URI.create("http://127.0.0.1:" + receiver.getLocalPort() + "/"));
    }

    private void answering(String answer) {
        var listening = receiver;
        new Thread(() -> answer(listening, answer), "receiver").start();
    }

    private static void answer(ServerSocket listening, String answer) {
        try (var socket = listening.accept()) {
            var in = socket.getInputStream();
            in.readNBytes(REQUEST.head().length() + 4);
            socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ServerSocket closed() {
        try {
            return new ServerSocket();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
