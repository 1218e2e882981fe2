package org.rapport.smart;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A client's own web server, with its keys and with all that can be wrong with them. */
public final class KeyPeer implements AutoCloseable {

    private final AtomicInteger hits = new AtomicInteger();
    private final CountDownLatch end = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    /** @param keys the key set */
    public KeyPeer(String keys) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        serve("/jwks", exchange -> answer(exchange, 200, "application/json", keys));
        serve("/page", exchange -> answer(exchange, 200, "text/html", keys));
        serve("/fault", exchange -> answer(exchange, 500, "application/json", keys));
        serve("/nonsense", exchange -> answer(exchange, 200, "application/json", "{\"keys\":\"none\"}"));
        serve("/huge", exchange -> answer(exchange, 200, "application/json", keys + " ".repeat(300_000)));
        serve("/hanging", exchange -> {
            await(end);
            exchange.close();
        });
        server.start();
    }

    /** Adds a redirect. */
    public void redirect(String path, String target) {
        serve(path, exchange -> {
            exchange.getResponseHeaders().set("Location", target);
            answer(exchange, 302, "application/json", "{}");
        });
    }

    /** An address of the host that the test server may fetch from. */
    public String allowed(String path) {
        return "http://localhost:" + server.getAddress().getPort() + path;
    }

    /** The same place by an address it may not fetch from. */
    public String forbidden(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /** How many requests came. */
    public int hits() {
        return hits.get();
    }

    @Override
    public void close() {
        end.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private interface Handling {
        void handle(HttpExchange exchange) throws IOException;
    }

    private void serve(String path, Handling handling) {
        server.createContext(path, exchange -> {
            hits.incrementAndGet();
            handling.handle(exchange);
        });
    }

    private static void answer(HttpExchange exchange, int status, String type, String text) throws IOException {
        var body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
