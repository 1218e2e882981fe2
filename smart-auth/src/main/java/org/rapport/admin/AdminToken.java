package org.rapport.admin;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/**
 * What an access token says of somebody who wants to administer the server.
 *
 * @param roles of the account
 * @param scopes of the application
 * @param methods how the person signed in (RFC 8176), such as {@code otp}
 * @param authenticated when the person last proved who they are; empty for a token without a person
 */
public record AdminToken(
        Collection<String> roles,
        Collection<String> scopes,
        Collection<String> methods,
        Optional<Instant> authenticated) {

    /** The scope that an application needs to administer the server in a person's name. */
    public static final String SCOPE = "rapport/admin";

    /** How old the proof may be when something is changed. */
    public static final Duration LONGEST = Duration.ofMinutes(5);

    private static final Set<String> SECOND_FACTORS = Set.of("otp", "hwk", "mfa");

    /** Whether something is let through. */
    public enum Verdict {
        /** It is. */
        PERMITTED,
        /** The person is no administrator. */
        NO_ADMINISTRATOR,
        /** The application was not allowed to administer. */
        NO_SCOPE,
        /** The person has to prove again who they are. */
        STALE
    }

    /** Keeps its own copies. */
    public AdminToken {
        roles = Set.copyOf(roles);
        scopes = Set.copyOf(scopes);
        methods = Set.copyOf(methods);
    }

    /** Whether the token lets its bearer look or, with a fresh second factor, change something. */
    public Verdict judge(boolean changes, Instant now) {
        if (!roles.contains("admin")) {
            return Verdict.NO_ADMINISTRATOR;
        }
        if (!scopes.contains(SCOPE)) {
            return Verdict.NO_SCOPE;
        }
        return changes && !isFresh(now) ? Verdict.STALE : Verdict.PERMITTED;
    }

    private boolean isFresh(Instant now) {
        return methods.stream().anyMatch(SECOND_FACTORS::contains)
                && authenticated.filter(at -> !at.plus(LONGEST).isBefore(now)).isPresent();
    }
}
