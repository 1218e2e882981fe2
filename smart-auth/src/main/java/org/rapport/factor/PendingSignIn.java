package org.rapport.factor;

import java.io.Serializable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;

/**
 * A sign-in of which the first proof was right and the factor is still to come; whoever holds it is not signed in.
 *
 * @param methods authentication methods (RFC 8176) of the first proof
 * @param since when the first proof was given
 */
public record PendingSignIn(String username, Set<String> methods, Instant since) implements Serializable {

    /** Name of the session attribute. */
    public static final String ATTRIBUTE = "org.rapport.factor.PendingSignIn";

    private static final Duration LIFETIME = Duration.ofMinutes(10);
    private static final long serialVersionUID = 1;

    public PendingSignIn {
        methods = Set.copyOf(methods);
    }

    /** Whether the factor comes in time, which is ten minutes. */
    public boolean isAlive(Clock clock) {
        return since.plus(LIFETIME).isAfter(clock.instant());
    }

    /** All methods once the factor is given. */
    public Set<String> with(String method) {
        var all = new TreeSet<>(methods);
        all.add(method);
        return all;
    }
}
