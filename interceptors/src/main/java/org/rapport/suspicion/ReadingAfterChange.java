package org.rapport.suspicion;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rapport.audit.AuditRow;
import org.rapport.audit.SecurityEvent.Kind;

/**
 * AR-10 and AR-11: somebody gets a role, or changes a consent, and reads of many patients within half an hour; an app that
 * was registered within a day reads much.
 */
final class ReadingAfterChange implements Rule {

    private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);
    private static final Duration DAY = Duration.ofDays(1);
    private static final int PATIENTS = 20;
    private static final int READS = 100;
    private static final int REFUSED = 400;

    private final Map<String, Instant> changed = new Trace.Recent<>(20_000);
    private final Map<String, Instant> registered = new Trace.Recent<>(20_000);
    private final Trace patients = new Trace(HALF_AN_HOUR, PATIENTS + 1);
    private final Trace reads = new Trace(DAY, READS + 1);

    @Override
    public Optional<Suspicion> judge(AuditRow row) {
        if (row.entry().status() < REFUSED) {
            note(row);
        }
        return Rule.showsARecord(row) ? byRole(row).or(() -> byApp(row)) : Optional.empty();
    }

    private void note(AuditRow row) {
        var entry = row.entry();
        if (entry.deed() == Kind.ROLES_CHANGED) {
            entry.entity().id().ifPresent(user -> changed.put(user, row.recorded()));
        } else if (entry.deed() == Kind.CLIENT_REGISTERED) {
            entry.entity().id().ifPresent(client -> registered.put(client, row.recorded()));
        } else if (entry.entity().type().filter("Consent"::equals).isPresent()
                && (entry.deed().action().equals("C") || entry.deed().action().equals("U"))) {
            changed.put(Suspicion.actor(row), row.recorded());
        }
    }

    private Optional<Suspicion> byRole(AuditRow row) {
        var actor = Suspicion.actor(row);
        return isWithin(changed.get(actor), HALF_AN_HOUR, row)
                        && patients.add(actor, row.recorded(), Rule.patient(row)) > PATIENTS
                ? Optional.of(Suspicion.of(
                        "AR-10", row, HALF_AN_HOUR, "Read of many patients right after a role or a consent changed"))
                : Optional.empty();
    }

    private Optional<Suspicion> byApp(AuditRow row) {
        return row.entry()
                .agent()
                .client()
                .filter(client -> isWithin(registered.get(client), DAY, row))
                .filter(client -> reads.add(client, row.recorded(), Long.toString(row.number())) > READS)
                .map(client -> new Suspicion(
                        "AR-11",
                        client,
                        Optional.empty(),
                        Suspicion.of("AR-11", row, DAY, "").since(),
                        "An app read much within a day after it was registered"));
    }

    private static boolean isWithin(@Nullable Instant begin, Duration time, AuditRow row) {
        return begin != null && !row.recorded().isAfter(begin.plus(time));
    }
}
