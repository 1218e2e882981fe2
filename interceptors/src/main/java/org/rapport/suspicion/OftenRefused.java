package org.rapport.suspicion;

import java.time.Duration;
import java.util.Optional;
import org.rapport.audit.AuditRow;
import org.rapport.audit.Interaction;

/**
 * AR-05: much of what somebody asks for is refused, or somebody tries ids that do not exist. The id of a request alone
 * does not tell it from others, since who asks may choose it; its rows are of one second, or two.
 */
final class OftenRefused implements Rule {

    private static final Duration WINDOW = Duration.ofMinutes(5);
    private static final int MANY = 30;
    private static final int SHARE = 5;
    private static final int UNKNOWN = 20;
    private static final int DENIED = 403;
    private static final int NOT_FOUND = 404;

    private final Trace requests = new Trace(WINDOW, 5_000);
    private final Trace refused = new Trace(WINDOW, 5_000);
    private final Trace unknown = new Trace(WINDOW, UNKNOWN + 1);

    @Override
    public Optional<Suspicion> judge(AuditRow row) {
        var entry = row.entry();
        if (!(entry.deed() instanceof Interaction)) {
            return Optional.empty();
        }
        var actor = Suspicion.actor(row);
        var request = entry.request() + "@" + row.recorded().getEpochSecond();
        int all = requests.add(actor, row.recorded(), request);
        if (entry.status() != DENIED && entry.status() != NOT_FOUND) {
            return Optional.empty();
        }
        int denied = refused.add(actor, row.recorded(), request);
        if (entry.status() == NOT_FOUND
                && entry.entity().id().isPresent()
                && unknown.add(actor, row.recorded(), entry.entity().id().get()) > UNKNOWN) {
            return Optional.of(Suspicion.of("AR-05", row, WINDOW, "Tried more than 20 ids that are not there"));
        }
        return all > MANY && denied * SHARE > all
                ? Optional.of(Suspicion.of("AR-05", row, WINDOW, "Was refused more than every fifth of many requests"))
                : Optional.empty();
    }
}
