package org.rapport.server.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** The access token of a person of the demo world, who signs in anew before it expires: what {@code ./run token} prints. */
public final class PersonToken implements Supplier<String> {

    private static final Duration RENEWAL = Duration.ofMinutes(4);

    private final Path data;
    private final String user;
    private final String clientId;
    private String token = "";
    private long renewAt = System.nanoTime();

    /**
     * The token of a person in an application.
     *
     * @param data of the server that made the demo world
     * @param user login name, such as alice
     * @param clientId such as demo-app
     */
    public PersonToken(Path data, String user, String clientId) {
        this.data = data;
        this.user = user;
        this.clientId = clientId;
    }

    @Override
    public synchronized String get() {
        if (System.nanoTime() - renewAt >= 0) {
            token = RapportCommand.run(List.of("token", clientId, "--user", user, "--data", data.toString()));
            renewAt = System.nanoTime() + RENEWAL.toNanos();
        }
        return token;
    }
}
