package org.rapport.suspicion;

import java.time.Duration;
import java.util.Optional;
import org.rapport.audit.AuditRow;
import org.rapport.audit.Disclosure;

/** AR-01: somebody reads the records of many patients, or very much of some, within ten minutes, or exports any. */
final class MassReading implements Rule {

    private static final Duration WINDOW = Duration.ofMinutes(10);

    private final Limits limits;
    private final Trace patients;
    private final Trace rows;

    MassReading(Limits limits) {
        this.limits = limits;
        this.patients = new Trace(WINDOW, limits.patients() + 1);
        this.rows = new Trace(WINDOW, limits.resources() + 1);
    }

    @Override
    public Optional<Suspicion> judge(AuditRow row) {
        if (row.entry().deed() == Disclosure.EXPORT) {
            return Optional.of(Suspicion.of("AR-01", row, WINDOW, "Exported records in bulk"));
        }
        if (!Rule.showsARecord(row)) {
            return Optional.empty();
        }
        var actor = Suspicion.actor(row);
        boolean many = patients.add(actor, row.recorded(), Rule.patient(row)) > limits.patients();
        boolean much = rows.add(actor, row.recorded(), Long.toString(row.number())) > limits.resources();
        return many || much
                ? Optional.of(Suspicion.of(
                        "AR-01",
                        row,
                        WINDOW,
                        many
                                ? "Read of more than " + limits.patients() + " patients within ten minutes"
                                : "Read more than " + limits.resources() + " times within ten minutes"))
                : Optional.empty();
    }
}
