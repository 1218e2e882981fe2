package org.rapport.server.database;

import java.io.IOException;
import org.rapport.server.DataDirectory;

/**
 * The PostgreSQL in use and what ends it.
 *
 * @param address where it is
 * @param end stops the embedded one; does nothing to an outside one
 */
record DatabaseServer(DatabaseAddress address, End end) implements AutoCloseable {

    /** Ends a database server. */
    interface End {
        void run() throws IOException;
    }

    static DatabaseServer outside(DatabaseAddress address) {
        return new DatabaseServer(address, () -> {});
    }

    static DatabaseServer embedded(DataDirectory data, int port) {
        var database = EmbeddedDatabase.start(data, port);
        return new DatabaseServer(database.address(), database::close);
    }

    @Override
    public void close() throws IOException {
        end.run();
    }
}
