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
    private String token = "";
    private long renewAt = System.nanoTime();

    /**
     * The token of a person in the demo's public app.
     *
     * @param data of the server that made the demo world
     * @param user login name, such as alice
     */
    public PersonToken(Path data, String user) {
        this.data = data;
        this.user = user;
    }

    @Override
    public synchronized String get() {
        if (System.nanoTime() - renewAt >= 0) {
            token = RapportCommand.run(List.of("token", "demo-app", "--user", user, "--data", data.toString()));
            renewAt = System.nanoTime() + RENEWAL.toNanos();
        }
        return token;
    }
}
