package org.rapport.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonDocumentsTest {

    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    private final JsonDocuments documents = new JsonDocuments(CheckedAddress.by(new AllowedHosts(Set.of("127.0.0.1"))));
    private final AtomicInteger inside = new AtomicInteger();
    private final CountDownLatch end = new CountDownLatch(1);
    private HttpServer peer;

    @BeforeEach
    void start() throws IOException {
        peer = HttpServer.create(new InetSocketAddress(HERE, 0), 0);
        peer.createContext("/inside", exchange -> {
            inside.incrementAndGet();
            answer(exchange, 200, "application/json", "{}");
        });
        peer.start();
    }

    @AfterEach
    void stop() {
        end.countDown();
        peer.stop(0);
    }

    private static void answer(HttpExchange exchange, int status, String type, String text) throws IOException {
        var body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private Endpoint at(String path) {
        return Endpoint.parse("http://127.0.0.1:" + peer.getAddress().getPort() + path)
                .orElseThrow();
    }

    private void assertRefused(Endpoint endpoint) {
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> documents.fetch(endpoint));
    }

    @Test
    void areFetchedWithTheTimeTheyMayBeKept() throws IOException {
        peer.createContext("/keys", exchange -> {
            exchange.getResponseHeaders().set("Cache-Control", "public, max-age=600");
            answer(exchange, 200, "application/jwk-set+json; charset=utf-8", "{\"name\":\"ü\"}");
        });

        var document = documents.fetch(at("/keys?a=b"));

        assertThat(document.json()).isEqualTo("{\"name\":\"ü\"}");
        assertThat(document.maxAge()).hasValue(Duration.ofMinutes(10));
    }

    @Test
    void areReadInChunksToo() throws IOException {
        peer.createContext("/chunks", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("[1,".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            exchange.getResponseBody().write("2]".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });

        assertThat(documents.fetch(at("/chunks")).json()).isEqualTo("[1,2]");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    @DisplayName("OA-034: a redirect is not followed")
    void areNotLookedForElsewhere(int status) {
        peer.createContext("/moved", exchange -> {
            exchange.getResponseHeaders().set("Location", at("/inside").uri().toString());
            answer(exchange, status, "application/json", "{}");
        });

        assertRefused(at("/moved"));
        assertThat(inside).hasValue(0);
    }

    @Test
    void areJsonWithStatus200() {
        peer.createContext("/page", exchange -> answer(exchange, 200, "text/html", "{}"));
        peer.createContext("/gone", exchange -> answer(exchange, 404, "application/json", "{}"));

        assertRefused(at("/page"));
        assertRefused(at("/gone"));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 300 * 1024})
    @DisplayName("OA-034: more than 256 KB are not read, announced or not")
    void areShort(long announced) {
        peer.createContext("/huge", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, announced);
            exchange.getResponseBody().write(new byte[300 * 1024]);
            exchange.close();
        });

        assertRefused(at("/huge"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/2 200\r\n\r\n",
                "220 mail.example.org ESMTP\r\n",
                "HTTP/1.1 200 OK\r\n",
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: -1\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: x\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: gzip\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}0\r\n",
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nfffffff\r\n{}",
                "HTTP/1.1 200 OK\r\nno header\r\n\r\n{}",
            })
    void areHttp(String answer) throws IOException {
        try (var raw = new ServerSocket(0, 5, HERE)) {
            var answering = new Thread(() -> answerOnce(raw, answer));
            answering.start();

            assertRefused(Endpoint.parse("http://127.0.0.1:" + raw.getLocalPort() + "/")
                    .orElseThrow());
        }
    }

    private static void answerOnce(ServerSocket raw, String answer) {
        try (var socket = raw.accept()) {
            socket.getInputStream().read(new byte[4096]);
            socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            socket.getInputStream().readAllBytes();
        } catch (IOException e) {
            // the reader has gone, as it should
        }
    }

    @Test
    @DisplayName("OA-034: an answer that comes drop by drop ends within 5 s")
    void comeInTime() throws IOException {
        try (var raw = new ServerSocket(0, 5, HERE)) {
            var dripping = new Thread(() -> drip(raw));
            dripping.start();
            long begin = System.nanoTime();

            assertRefused(Endpoint.parse("http://127.0.0.1:" + raw.getLocalPort() + "/")
                    .orElseThrow());

            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
        }
    }

    private void drip(ServerSocket raw) {
        try (var socket = raw.accept()) {
            socket.getOutputStream().write("HTTP/1.1 200 OK\r\nX: ".getBytes(StandardCharsets.US_ASCII));
            while (!end.await(50, TimeUnit.MILLISECONDS)) {
                socket.getOutputStream().write('x');
                socket.getOutputStream().flush();
            }
        } catch (IOException e) {
            // the reader has gone, as it should
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "10.0.0.1", "169.254.169.254", "100.64.0.1", "224.0.0.1", "::1", "fd00::1"})
    @DisplayName("OA-034: a public name that leads inside is not connected to")
    void areNotFetchedFromInside(String address) {
        var leadingInside = new JsonDocuments(new CheckedAddress(
                new AllowedHosts(Set.of()), host -> new InetAddress[] {InetAddress.getByName(address)}));
        var endpoint = Endpoint.parse("https://keys.example.org/jwks").orElseThrow();

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> leadingInside.fetch(endpoint))
                .withMessage("The document is not on a public address.");
    }

    @Test
    void areNotFetchedFromAHostThatIsNotNamed() {
        var none = new JsonDocuments(CheckedAddress.by(new AllowedHosts(Set.of())));

        assertThatExceptionOfType(IOException.class).isThrownBy(() -> none.fetch(at("/inside")));
        assertThat(inside).hasValue(0);
    }
}
