package org.rapport.suspicion;

import java.time.Duration;
import java.util.Optional;
import org.rapport.audit.AuditRow;

/**
 * AR-03 and AR-04: somebody whose purpose is treatment reads of several patients without treating them; a practitioner reads
 * the own record or that of somebody close.
 */
final class OutsideCare implements Rule {

    private static final Duration DAY = Duration.ofDays(1);

    private final int allowed;
    private final People people;
    private final Trace seen = new Trace(DAY, 1_000);
    private final Trace unrelated;

    OutsideCare(Limits limits, People people) {
        this.allowed = limits.unrelated();
        this.people = people;
        this.unrelated = new Trace(DAY, allowed + 1);
    }

    @Override
    public Optional<Suspicion> judge(AuditRow row) {
        var actor = Suspicion.actor(row);
        if (!Rule.showsAPractitioner(row) || !seen.isNew(actor, row.recorded(), Rule.patient(row))) {
            return Optional.empty();
        }
        var practitioner = row.entry().agent().fhirUser().orElseThrow();
        if (people.areClose(practitioner, Rule.patient(row))) {
            return Optional.of(Suspicion.of("AR-04", row, DAY, "Read the own record or that of somebody close"));
        }
        boolean forTreatment = row.entry()
                .agent()
                .authority()
                .purpose()
                .filter("TREAT"::equals)
                .isPresent();
        return forTreatment
                        && !people.treats(practitioner, Rule.patient(row))
                        && unrelated.add(actor, row.recorded(), Rule.patient(row)) > allowed
                ? Optional.of(Suspicion.of(
                        "AR-03", row, DAY, "Read of more than " + allowed + " patients of others within a day"))
                : Optional.empty();
    }
}
