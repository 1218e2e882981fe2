package org.rapport.harness;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;
import org.rapport.harness.clock.MovedClock;

/**
 * One running product with the demo world for all tests of a run that leave it as they found it: started by the first of
 * them and stopped after the last.
 *
 * <p>Its PostgreSQL plans without sorting where it can, as it does in a large store, so that a query that names no order
 * gets none.
 */
public final class SharedServer implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {

    private static final Namespace HERE = Namespace.create(SharedServer.class);

    private Optional<Running> running = Optional.empty();

    @Override
    public void beforeAll(ExtensionContext context) {
        running = Optional.of(context.getRoot()
                .getStore(HERE)
                .getOrComputeIfAbsent(Running.class, key -> Running.start(), Running.class));
    }

    /** What a test has sent is in the audit log, once, and nothing of it in the server's own logs. */
    @Override
    public void afterEach(ExtensionContext context) {
        server().closeBooks();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        server().closeBooks();
    }

    /** The server, ready. */
    public Server server() {
        return running.orElseThrow().server();
    }

    /** Its database. */
    public OutsideDatabase database() {
        return running.orElseThrow().database();
    }

    /** A client that signs in as that backend client of the demo world. */
    public FhirSession session(String clientId) {
        return server().session(clientId);
    }

    /** Its clock; who moves it moves it back. */
    public MovedClock clock() {
        return running.orElseThrow().clock();
    }

    private record Running(Harness harness, OutsideDatabase database, Server server, MovedClock clock)
            implements CloseableResource {

        static Running start() {
            var folder = Path.of("target", "harness", "shared").toAbsolutePath();
            Harness.remove(folder);
            var harness = Harness.in(folder);
            var database = harness.database();
            database.execute("alter role current_user set enable_sort = off");
            var time = folder.resolve("clock");
            var plan = database.join(harness.plan("shared").withClock(time));
            var server = harness.server(plan).keepBooks().start();
            return new Running(harness, database, server, MovedClock.of(time));
        }

        @Override
        public void close() {
            harness.close();
        }
    }
}
