package org.rapport.harness;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.rapport.harness.audit.AuditBooks;
import org.rapport.server.cli.PersonToken;

/** The product as a process of its own: started, killed, stopped and started again. */
public final class Server implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(4);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(60);

    private final Map<String, PersonToken> people = new ConcurrentHashMap<>();
    private final ServerPlan plan;
    private volatile Optional<AuditBooks> books = Optional.empty();
    private @Nullable Process process;
    private int starts;

    Server(ServerPlan plan) {
        this.plan = plan;
    }

    /** Starts it and waits until it is ready. */
    public Server start() {
        return launch().awaitReady();
    }

    /** Starts it and waits for nothing. */
    public Server launch() {
        if (isAlive()) {
            throw new IllegalStateException("Server " + plan.name() + " runs already.");
        }
        starts++;
        try {
            Files.createDirectories(plan.folder());
            process = new ProcessBuilder(plan.commandLine())
                    .directory(plan.folder().toFile())
                    .redirectOutput(log("out").toFile())
                    .redirectError(log("err").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Waits for the ready line and the readiness probe. */
    public Server awaitReady() {
        await("server " + plan.name() + " is ready, see " + log("out"))
                .atMost(START_LIMIT)
                .pollInterval(Duration.ofMillis(50))
                .failFast("server " + plan.name() + " ended, see " + log("out"), () -> !isAlive())
                .until(() -> output().contains("Rapport is ready at ") && isReady());
        return this;
    }

    /** Whether the readiness probe says so now. */
    public boolean isReady() {
        var probe = managementOrigin().resolve("/actuator/health/readiness");
        try {
            var request = HttpRequest.newBuilder(probe).timeout(Duration.ofSeconds(5));
            return HttpClient.newHttpClient()
                            .send(request.build(), BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Kills the process as {@code kill -9} does; an embedded PostgreSQL goes on without it. */
    public void kill() {
        if (process != null) {
            process.destroyForcibly();
            awaitExit(STOP_LIMIT);
        }
    }

    /** Kills the process and its embedded PostgreSQL, as when the machine loses power. */
    public void killWithDatabase() {
        kill();
        Postmaster.of(plan.dataDirectory().resolve("postgres")).kill();
    }

    /** Stops it as Ctrl-C does. */
    public int interrupt(Duration limit) {
        Signals.send("INT", running().pid());
        return awaitExit(limit);
    }

    /**
     * Waits for its end.
     *
     * @return the exit code
     * @throws AssertionError if it still runs after the limit
     */
    public int awaitExit(Duration limit) {
        try {
            if (!running().waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("Server " + plan.name() + " still runs after " + limit + ".");
            }
            return running().exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Whether the process runs. */
    public boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** The process identifier. */
    public long pid() {
        return running().pid();
    }

    /** Scheme, host and port. */
    public URI origin() {
        return URI.create("http://127.0.0.1:" + plan.property("rapport.http.port"));
    }

    /** Where health and metrics are. */
    public URI managementOrigin() {
        return URI.create("http://127.0.0.1:" + plan.property("rapport.management.port"));
    }

    /** How it was started. */
    public ServerPlan plan() {
        return plan;
    }

    /** A client that signs in as that backend client of the demo world, such as {@code demo-backend}. */
    public FhirSession session(String clientId) {
        return session(clientId, this);
    }

    /** The same, by the credentials that the server wrote down which made the demo world. */
    public FhirSession session(String clientId, Server maker) {
        return backend(DemoCredentials.of(maker.plan.dataDirectory()).client(clientId));
    }

    /** A backend client of the demo world with less scope than it may have. */
    public FhirSession narrowSession(String clientId, String scope) {
        ObjectNode client =
                DemoCredentials.of(plan.dataDirectory()).client(clientId).deepCopy();
        return backend(client.put("scope", scope));
    }

    private FhirSession backend(JsonNode client) {
        return sessionWith(new BackendToken(origin(), client));
    }

    /** A client with a token that the caller gets. */
    public FhirSession sessionWith(Supplier<String> token) {
        return FhirSession.of(FhirSession.Line.to(origin(), this::heard), token);
    }

    private void heard(BodyPublisher asked, HttpResponse<String> answer) {
        books.ifPresent(open -> open.heard(asked, answer));
    }

    /** Keeps books of what its clients send from now on. */
    Server keepBooks() {
        books = Optional.of(new AuditBooks("/fhir"));
        return this;
    }

    /**
     * Says that answers with that status, 500 or more, are what this test is about.
     *
     * @see AuditBooks#announce
     */
    public void announce(int status) {
        books.orElseThrow().announce(status);
    }

    /** Holds what its clients have sent in this test against its audit log, which lies in an outside database. */
    void closeBooks() {
        books.ifPresent(open -> open.close(
                () -> DriverManager.getConnection(
                        plan.property("rapport.database.url"),
                        plan.property("rapport.database.user"),
                        plan.property("rapport.database.password")),
                output() + errors()));
    }

    /** A client that a person of the demo world has signed in to, such as {@code alice}. */
    public FhirSession personSession(String user) {
        return personSession(user, "demo-app");
    }

    /** The same with another client of the demo world; one sign-in serves all, as a one-time code works once. */
    public FhirSession personSession(String user, String clientId) {
        var token = people.computeIfAbsent(
                user + ' ' + clientId, key -> new PersonToken(plan.dataDirectory(), user, clientId));
        return sessionWith(token);
    }

    /** What the last start has written to standard output. */
    public String output() {
        return read(log("out"));
    }

    /** What the last start has written to standard error. */
    public String errors() {
        return read(log("err"));
    }

    private Path log(String stream) {
        return plan.folder().resolve(plan.name() + "-" + starts + "." + stream + ".log");
    }

    private Process running() {
        if (process == null) {
            throw new IllegalStateException("Server " + plan.name() + " was not started.");
        }
        return process;
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        killWithDatabase();
        Harness.remove(plan.dataDirectory());
    }
}
