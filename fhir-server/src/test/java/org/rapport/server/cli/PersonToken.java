package org.rapport.server.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The access token of a person of the demo world, who signs in anew before it expires: what {@code ./run token} prints. */
public final class PersonToken implements Supplier<String> {

    private static final Duration RENEWAL = Duration.ofMinutes(4);

    private final Path data;
    private final String user;
    private final String clientId;
    private final Optional<String> scope;
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
        this(data, user, clientId, Optional.empty());
    }

    /** The same with other scopes than the usual ones of such a person. */
    public PersonToken(Path data, String user, String clientId, String scope) {
        this(data, user, clientId, Optional.of(scope));
    }

    private PersonToken(Path data, String user, String clientId, Optional<String> scope) {
        this.data = data;
        this.user = user;
        this.clientId = clientId;
        this.scope = scope;
    }

    @Override
    public synchronized String get() {
        if (System.nanoTime() - renewAt >= 0) {
            var words = new ArrayList<>(List.of("token", clientId));
            scope.ifPresent(words::add);
            words.addAll(List.of("--user", user, "--data", data.toString()));
            token = RapportCommand.run(words);
            renewAt = System.nanoTime() + RENEWAL.toNanos();
        }
        return token;
    }
}
