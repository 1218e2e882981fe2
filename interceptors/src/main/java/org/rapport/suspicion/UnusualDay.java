package org.rapport.suspicion;

import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.rapport.audit.AuditRow;

/** AR-02: somebody reads of more than three times as many patients as on nearly all of the last thirty days. */
final class UnusualDay implements Rule {

    private static final Duration DAY = Duration.ofDays(1);
    private static final int TIMES = 3;
    private static final int FEW = 30;

    private final Limits limits;
    private final Past past;
    private final Trace patients = new Trace(DAY, 2_000);
    private final Map<String, OptionalInt> usual = new Trace.Recent<>(2_000);

    UnusualDay(Limits limits, Past past) {
        this.limits = limits;
        this.past = past;
    }

    @Override
    public Optional<Suspicion> judge(AuditRow row) {
        if (!Rule.showsARecord(row)) {
            return Optional.empty();
        }
        var actor = Suspicion.actor(row);
        var day = LocalDate.ofInstant(row.recorded(), limits.zone());
        int today = patients.add(actor + ' ' + day, row.recorded(), Rule.patient(row));
        if (today <= FEW) {
            return Optional.empty();
        }
        var before = day.atStartOfDay(limits.zone()).toInstant();
        var often = usual.computeIfAbsent(actor + ' ' + day, key -> past.patientsADay(actor, before));
        return often.isPresent() && today > TIMES * often.getAsInt()
                ? Optional.of(Suspicion.of(
                        "AR-02", row, DAY, "Read of more than three times as many patients as on other days"))
                : Optional.empty();
    }
}
