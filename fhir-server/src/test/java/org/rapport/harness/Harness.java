package org.rapport.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Starts servers and databases for a test, and ends all of them after it, however it went.
 *
 * <p>As a static field it serves the whole class, otherwise each test method anew. Logs are kept in {@code
 * target/harness/<test>}, data directories are removed.
 *
 * <pre>{@code
 * @RegisterExtension
 * final Harness harness = new Harness();
 *
 * @Test
 * void survivesAKill() {
 *     var server = harness.server("a").start();
 *     server.kill();
 *     server.start();
 * }
 * }</pre>
 */
public final class Harness
        implements BeforeAllCallback, AfterAllCallback, BeforeEachCallback, AfterEachCallback, AutoCloseable {

    private final Deque<Runnable> open = new ArrayDeque<>();
    private final List<Server> audited = new ArrayList<>();
    private @Nullable Path folder;
    private boolean forTheClass;

    /** A harness outside of JUnit, which the caller closes. */
    public static Harness in(Path folder) {
        var harness = new Harness();
        harness.folder = folder;
        return harness;
    }

    /** A server of that name, not yet started, on free ports and with a data directory of its own. */
    public Server server(String name) {
        return server(plan(name));
    }

    /** A server of that name on the outside database. */
    public Server server(String name, OutsideDatabase database) {
        return server(database.join(plan(name)));
    }

    /** A server that is planned in detail. */
    public Server server(ServerPlan plan) {
        var server = new Server(plan);
        open.push(server::close);
        return server;
    }

    /**
     * A server that is planned in detail on an outside database, and whose audit log and own logs are looked at after each
     * test.
     */
    public Server audited(ServerPlan plan) {
        var server = server(plan).keepBooks();
        audited.add(server);
        return server;
    }

    /** The plan of a server of that name, to be changed before it is used. */
    public ServerPlan plan(String name) {
        return ServerPlan.of(name, folder());
    }

    /** A running PostgreSQL that belongs to no server. */
    public OutsideDatabase database() {
        var database = new OutsideDatabase(folder().resolve("outside-database"));
        open.push(database::close);
        return database.start();
    }

    /** A running MQTT broker that belongs to no server. */
    public OutsideBroker broker() {
        var broker = new OutsideBroker(folder().resolve("outside-broker"));
        open.push(broker::close);
        return broker.start();
    }

    /** The plan of one more server beside another: same database, same public origin, same keys. */
    public ServerPlan planBeside(Server first, String name) {
        return ServerPlan.of(name, folder()).beside(first.plan());
    }

    /** Where this test keeps its files. */
    public Path folder() {
        if (folder == null) {
            throw new IllegalStateException("The harness is used before its test began.");
        }
        return folder;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        forTheClass = true;
        begin(context.getRequiredTestClass().getSimpleName());
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        if (!forTheClass) {
            var method = context.getRequiredTestMethod().getName();
            var test = context.getDisplayName().startsWith(method) ? method : method + context.getDisplayName();
            begin(context.getRequiredTestClass().getSimpleName() + "-" + test.replaceAll("[^A-Za-z0-9.=-]+", ""));
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        try {
            audited.forEach(Server::closeBooks);
        } finally {
            if (!forTheClass) {
                close();
            }
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        close();
    }

    private void begin(String name) {
        folder = Path.of("target", "harness", name).toAbsolutePath();
        remove(folder);
    }

    @Override
    public void close() {
        audited.clear();
        while (!open.isEmpty()) {
            open.pop().run();
        }
    }

    /** Removes a folder and all in it. */
    static void remove(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
