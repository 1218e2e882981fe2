package org.rapport.app;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * A web site with a SMART app on an origin of its own: two static pages around the SMART JavaScript client as it is
 * published.
 */
final class AppSite implements AutoCloseable {

    private static final Path PAGES = Path.of("src", "test", "smart-app");
    private static final Path CLIENT =
            PAGES.resolve(Path.of("node_modules", "fhirclient", "build", "fhir-client.min.js"));
    private static final Set<String> STATIC = Set.of("/launch.html", "/index.html");

    private final HttpServer http;
    private volatile String settings = "";

    private AppSite(HttpServer http) {
        this.http = http;
    }

    /** A site on a free port; without the SMART client's package it fetches that first. */
    static AppSite open() {
        SmartClientPackage.require(PAGES, CLIENT);
        try {
            var http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
            var site = new AppSite(http);
            http.createContext("/", site::answer);
            http.start();
            return site;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String address(String page) {
        return "http://127.0.0.1:" + http.getAddress().getPort() + "/" + page;
    }

    /** What the app passes to the SMART client when it launches. */
    void use(Map<String, String> launchSettings) {
        settings = launchSettings.entrySet().stream()
                .map(entry -> "\"" + entry.getKey() + "\": \"" + entry.getValue() + "\"")
                .reduce((one, other) -> one + ", " + other)
                .orElse("");
    }

    private void answer(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath();
        if (path.equals("/fhir-client.js")) {
            send(exchange, "text/javascript", Files.readAllBytes(CLIENT));
        } else if (path.equals("/settings.js")) {
            send(
                    exchange,
                    "text/javascript",
                    ("const SETTINGS = {" + settings + "};").getBytes(StandardCharsets.UTF_8));
        } else if (STATIC.contains(path)) {
            send(exchange, "text/html;charset=UTF-8", Files.readAllBytes(PAGES.resolve(path.substring(1))));
        } else {
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        }
    }

    private static void send(HttpExchange exchange, String type, byte[] content) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", type);
        exchange.sendResponseHeaders(200, content.length);
        exchange.getResponseBody().write(content);
        exchange.close();
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
