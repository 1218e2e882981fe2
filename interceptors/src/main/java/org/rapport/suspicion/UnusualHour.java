package org.rapport.suspicion;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.rapport.audit.AuditRow;

/** AR-09: somebody reads of ten patients in an hour of the day in which, and next to which, they never did before. */
final class UnusualHour implements Rule {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final int PATIENTS = 10;
    private static final int HOURS = 24;

    private final Limits limits;
    private final Past past;
    private final Trace patients = new Trace(HOUR, PATIENTS);
    private final Map<String, Set<Integer>> usual = new Trace.Recent<>(2_000);

    UnusualHour(Limits limits, Past past) {
        this.limits = limits;
        this.past = past;
    }

    @Override
    public Optional<Suspicion> judge(AuditRow row) {
        var actor = Suspicion.actor(row);
        if (!Rule.showsAPractitioner(row) || patients.add(actor, row.recorded(), Rule.patient(row)) < PATIENTS) {
            return Optional.empty();
        }
        var hours = usualHours(actor, row.recorded());
        int hour = row.recorded().atZone(limits.zone()).getHour();
        boolean known = hours.isEmpty()
                || hours.contains(hour)
                || hours.contains((hour + 1) % HOURS)
                || hours.contains((hour + HOURS - 1) % HOURS);
        return known
                ? Optional.empty()
                : Optional.of(Suspicion.of("AR-09", row, DAY, "Read of many patients at an hour never worked before"));
    }

    private Set<Integer> usualHours(String actor, Instant now) {
        var today = now.atZone(limits.zone()).toLocalDate().atStartOfDay(limits.zone());
        return usual.computeIfAbsent(actor + ' ' + today, key -> past.hours(actor, today.toInstant()));
    }
}
