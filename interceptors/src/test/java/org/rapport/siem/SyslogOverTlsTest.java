package org.rapport.siem;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rapport.testing.OwnThread;
import org.rapport.testing.TestAuthority;

/** What RFC 5425 asks of a sender: TLS of these days, the collector's name in a certificate that counts, counted octets. */
class SyslogOverTlsTest {

    private static final byte[] FRAME =
            new SyslogMessage("fhir.example.org").framed(Instant.parse("2026-03-01T08:00:00Z"), "read", 200, "{}");

    @TempDir
    static Path folder;

    @TempDir
    static Path strangers;

    private static TestAuthority trusted;
    private static TestAuthority otherName;
    private static TestAuthority stranger;

    @BeforeAll
    static void makeCertificates() {
        trusted = TestAuthority.of(folder, "localhost");
        otherName = TestAuthority.of(folder, "collector.example.org");
        stranger = TestAuthority.of(strangers, "localhost");
    }

    @Test
    void sendsCountedMessagesOverTls() throws IOException {
        try (var collector = Collector.listening(trusted, "TLSv1.3", "TLSv1.2")) {
            try (var line = line(collector, trusted)) {
                line.send(List.of(FRAME, FRAME));
            }
            var text = collector.received().join();

            assertThat(text).isEqualTo(new String(FRAME, UTF_8).repeat(2));
            assertThat(text).startsWith((FRAME.length - 3) + " <109>1 2026-03-01T08:00:00Z fhir.example.org ");
        }
    }

    @Test
    void sendsNothingToACollectorOfAnotherName() throws IOException {
        try (var collector = Collector.listening(otherName, "TLSv1.3")) {
            assertRefused(collector, otherName);
        }
    }

    @Test
    void sendsNothingToACollectorNobodyVouchesFor() throws IOException {
        try (var collector = Collector.listening(stranger, "TLSv1.3")) {
            assertRefused(collector, trusted);
        }
    }

    @Test
    void sendsNothingOverAnOldTls() throws IOException {
        try (var collector = Collector.listening(trusted, "TLSv1.1")) {
            assertRefused(collector, trusted);
        }
    }

    private static void assertRefused(Collector collector, TestAuthority ours) {
        try (var line = line(collector, ours)) {
            assertThatThrownBy(() -> line.send(List.of(FRAME))).isInstanceOf(SSLHandshakeException.class);
        }
        assertThatThrownBy(() -> collector.received().join()).hasRootCauseInstanceOf(IOException.class);
    }

    private static SyslogLine line(Collector collector, TestAuthority ours) {
        return new SyslogLine(
                new SyslogSettings("localhost", collector.socket().getLocalPort(), true),
                Duration.ofSeconds(10),
                ours.trusting().getSocketFactory());
    }

    /**
     * Takes one connection.
     *
     * @param received what came until the line was closed
     */
    private record Collector(SSLServerSocket socket, CompletableFuture<String> received) implements AutoCloseable {

        static Collector listening(TestAuthority own, String... protocols) throws IOException {
            var socket = (SSLServerSocket)
                    own.server().getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress());
            socket.setEnabledProtocols(protocols);
            return new Collector(socket, CompletableFuture.supplyAsync(() -> receive(socket), OwnThread.EACH));
        }

        private static String receive(SSLServerSocket socket) {
            try (var connection = (SSLSocket) socket.accept()) {
                return new String(connection.getInputStream().readAllBytes(), UTF_8);
            } catch (IOException e) {
                throw new CompletionException(e);
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
