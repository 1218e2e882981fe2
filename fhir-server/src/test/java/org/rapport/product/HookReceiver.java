package org.rapport.product;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.rapport.harness.FhirSession;

/** A system that receives notifications, keeps all of them in order, and answers as the test wants. */
final class HookReceiver implements AutoCloseable {

    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private volatile Function<Received, Integer> answers = notification -> 200;

    HookReceiver() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::receive);
        server.start();
    }

    /**
     * A notification.
     *
     * @param at by {@code System.nanoTime}
     * @param status how it was answered
     */
    record Received(
            String method,
            String path,
            String subscription,
            long event,
            String authorization,
            String body,
            long at,
            int status) {

        String value() {
            return FhirSession.parsed(body).at("/valueQuantity/value").asText();
        }
    }

    String endpoint(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    void answer(Function<Received, Integer> status) {
        answers = status;
    }

    List<Received> all() {
        return List.copyOf(received);
    }

    /** What a subscription's receiver has taken, in the order of arrival. */
    List<Received> taken(String subscription) {
        return received.stream()
                .filter(one -> one.subscription().equals(subscription) && one.status() < 300)
                .toList();
    }

    private void receive(HttpExchange exchange) throws IOException {
        var headers = exchange.getRequestHeaders();
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        var one = new Received(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                String.valueOf(headers.getFirst("X-Rapport-Subscription")),
                Long.parseLong(headers.getFirst("X-Rapport-Event-Number")),
                String.valueOf(headers.getFirst("Authorization")),
                body,
                System.nanoTime(),
                0);
        int status = answers.apply(one);
        received.add(new Received(
                one.method(),
                one.path(),
                one.subscription(),
                one.event(),
                one.authorization(),
                body,
                one.at(),
                status));
        exchange.getResponseHeaders().add("Content-Type", "text/html");
        exchange.sendResponseHeaders(status, status == 204 ? -1 : 2);
        if (status != 204) {
            exchange.getResponseBody().write("ok".getBytes(StandardCharsets.UTF_8));
        }
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
