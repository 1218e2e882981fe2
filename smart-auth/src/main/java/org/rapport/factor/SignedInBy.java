package org.rapport.factor;

import java.io.Serializable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;

/**
 * How a browser's session came to be: kept as a session attribute under {@link #ATTRIBUTE}.
 *
 * @param methods authentication methods (RFC 8176) that were used since the sign-in
 * @param signedInAt when the session began
 * @param provedAt when the person last gave a factor, or the password where the account has no factor
 */
public record SignedInBy(Set<String> methods, Instant signedInAt, Instant provedAt) implements Serializable {

    /** Name of the session attribute. */
    public static final String ATTRIBUTE = "org.rapport.factor.SignedInBy";

    /** A password. */
    public static final String PASSWORD = "pwd";

    /** A one-time code of an app or a recovery code. */
    public static final String ONE_TIME_CODE = "otp";

    /** A passkey. */
    public static final String HARDWARE_KEY = "hwk";

    /** More than one kind of proof. */
    public static final String SEVERAL_FACTORS = "mfa";

    /** How old the last factor may be where a fresh one is asked for. */
    public static final Duration FRESH = Duration.ofMinutes(5);

    private static final long serialVersionUID = 1;

    public SignedInBy {
        methods = Set.copyOf(methods);
    }

    /** A session that begins now. */
    public static SignedInBy now(Set<String> methods, Clock clock) {
        var now = clock.instant();
        return new SignedInBy(methods, now, now);
    }

    /** The same session after one more proof. */
    public SignedInBy provedAgain(String method, Clock clock) {
        var more = new TreeSet<>(methods);
        more.add(method);
        return new SignedInBy(more, signedInAt, clock.instant());
    }

    /** Whether the last proof is at most that old. */
    public boolean isFresh(Duration age, Clock clock) {
        return !provedAt.plus(age).isBefore(clock.instant());
    }

    /** The methods as the claim {@code amr} lists them; a passkey alone is several factors: the device and its owner. */
    public Set<String> amr() {
        var all = new TreeSet<>(methods);
        if (methods.size() > 1 || methods.contains(HARDWARE_KEY)) {
            all.add(SEVERAL_FACTORS);
        }
        return all;
    }
}
