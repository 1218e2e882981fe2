package org.rapport.suspicion;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.rapport.audit.AuditRow;
import org.rapport.audit.Deed;
import org.rapport.audit.SecurityEvent.Kind;

/** AR-06 and AR-07: a second proof fails in a network where the account was never used; a token, code or assertion comes twice. */
final class ForeignSignIn implements Rule {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final int REFUSED = 400;

    /** A sign-in that fails has a user only where the password was right and the second factor was not. */
    private static final Set<Deed> PROOFS = Set.of(Kind.SIGN_IN, Kind.STEP_UP);

    private final Past past;

    ForeignSignIn(Past past) {
        this.past = past;
    }

    @Override
    public Optional<Suspicion> judge(AuditRow row) {
        var entry = row.entry();
        if (entry.deed() == Kind.TOKEN_REUSED) {
            return Optional.of(Suspicion.of("AR-07", row, Duration.ZERO, "A token, code or assertion came twice"));
        }
        boolean failed = PROOFS.contains(entry.deed())
                && entry.status() >= REFUSED
                && entry.agent().subject().isPresent();
        return entry.agent()
                .address()
                .filter(address -> failed)
                .map(Network::of)
                .filter(network -> !past.knows(Suspicion.actor(row), network, row.recorded()))
                .map(network ->
                        Suspicion.of("AR-06", row, HOUR, "A second proof failed in a network never used before"));
    }
}
