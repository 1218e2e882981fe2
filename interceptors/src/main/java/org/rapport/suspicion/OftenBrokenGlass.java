package org.rapport.suspicion;

import java.time.Duration;
import java.util.Optional;
import org.rapport.audit.AuditRow;
import org.rapport.audit.SecurityEvent.Kind;

/** AR-08: somebody breaks the glass a third time within a day, by declarations or, where only these are seen, by tokens. */
final class OftenBrokenGlass implements Rule {

    static final String RULE = "AR-08";

    private static final Duration DAY = Duration.ofDays(1);
    private static final int ALLOWED = 2;
    private static final int REFUSED = 400;

    private final Trace declared = new Trace(DAY, 100);
    private final Trace tokens = new Trace(DAY, 100);

    @Override
    public Optional<Suspicion> judge(AuditRow row) {
        boolean often = declaration(row)
                        .filter(id -> declared.add(Suspicion.actor(row), row.recorded(), id) > ALLOWED)
                        .isPresent()
                || token(row)
                        .filter(token -> tokens.add(Suspicion.actor(row), row.recorded(), token) > ALLOWED)
                        .isPresent();
        return often
                ? Optional.of(Suspicion.of(RULE, row, DAY, "Broke the glass more than twice within a day"))
                : Optional.empty();
    }

    private static Optional<String> declaration(AuditRow row) {
        var entry = row.entry();
        return entry.entity().id().filter(id -> entry.deed() == Kind.BREAK_GLASS_STARTED && entry.status() < REFUSED);
    }

    private static Optional<String> token(AuditRow row) {
        var authority = row.entry().agent().authority();
        return authority
                .token()
                .filter(token -> authority.purpose().filter("BTG"::equals).isPresent());
    }
}
