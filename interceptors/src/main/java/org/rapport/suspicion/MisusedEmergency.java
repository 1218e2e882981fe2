package org.rapport.suspicion;

import java.time.Duration;
import java.util.Optional;
import org.rapport.audit.AuditRow;
import org.rapport.audit.SecurityEvent.Kind;

/** BG-02, BG-04: somebody without the right breaks the glass, or somebody who broke it asks for another patient. */
final class MisusedEmergency implements Rule {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final int REFUSED = 403;

    @Override
    public Optional<Suspicion> judge(AuditRow row) {
        if (row.entry().status() != REFUSED) {
            return Optional.empty();
        }
        if (row.entry().deed() == Kind.BREAK_GLASS_STRAYED) {
            return Optional.of(Suspicion.of("BG-04", row, HOUR, "Asked for another patient than the one in emergency"));
        }
        return row.entry().deed() == Kind.BREAK_GLASS_STARTED
                        && row.entry().query().filter("no-right"::equals).isPresent()
                ? Optional.of(Suspicion.of("BG-02", row, HOUR, "Tried to break the glass without the right to"))
                : Optional.empty();
    }
}
