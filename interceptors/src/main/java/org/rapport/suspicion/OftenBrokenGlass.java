package org.rapport.suspicion;

import java.time.Duration;
import java.util.Optional;
import org.rapport.audit.AuditRow;

/** AR-08: somebody breaks the glass a third time within a day; each time has a token of its own. */
final class OftenBrokenGlass implements Rule {

    private static final Duration DAY = Duration.ofDays(1);
    private static final int ALLOWED = 2;

    private final Trace tokens = new Trace(DAY, 100);

    @Override
    public Optional<Suspicion> judge(AuditRow row) {
        var authority = row.entry().agent().authority();
        return authority
                .token()
                .filter(token -> authority.purpose().filter("BTG"::equals).isPresent())
                .filter(token -> tokens.add(Suspicion.actor(row), row.recorded(), token) > ALLOWED)
                .map(token -> Suspicion.of("AR-08", row, DAY, "Broke the glass more than twice within a day"));
    }
}
