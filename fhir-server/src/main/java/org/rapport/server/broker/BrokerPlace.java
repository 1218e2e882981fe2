package org.rapport.server.broker;

import java.nio.file.Path;

/**
 * Where the embedded broker listens and keeps its journal.
 *
 * @param directory folder of the journal
 * @param host address to listen on
 * @param port TCP port to listen on; 0 takes a free one
 */
record BrokerPlace(Path directory, String host, int port) {}
