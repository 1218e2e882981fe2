package org.rapport.session;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * An application that a person has let in.
 *
 * @param scopes what it was allowed
 * @param since when the oldest grant it still holds was given; empty when it holds none and only the permission is
 *     remembered
 * @param lastUsed when it last got a token
 */
public record ConnectedApp(
        String clientId, String name, Set<String> scopes, Optional<Instant> since, Optional<Instant> lastUsed) {

    public ConnectedApp {
        scopes = Set.copyOf(scopes);
    }
}
