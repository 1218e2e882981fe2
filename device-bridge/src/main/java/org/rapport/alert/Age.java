package org.rapport.alert;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Range;

/** How old a patient is, in years, months, weeks or days as UCUM has them. */
final class Age {

    private Age() {}

    /** Whether the patient's age lies in the range; nobody's does whose birth date is unknown. */
    static boolean isWithin(Range ages, Patient patient, Instant moment) {
        if (!patient.hasBirthDate()) {
            return false;
        }
        var born = LocalDate.parse((patient.getBirthDateElement().getValueAsString() + "-01-01").substring(0, 10));
        var today = LocalDate.ofInstant(moment, ZoneOffset.UTC);
        boolean oldEnough = !ages.hasLow()
                || in(ages.getLow(), born, today)
                        .filter(age -> age >= ages.getLow().getValue().doubleValue())
                        .isPresent();
        return oldEnough
                && (!ages.hasHigh()
                        || in(ages.getHigh(), born, today)
                                .filter(age -> age <= ages.getHigh().getValue().doubleValue())
                                .isPresent());
    }

    private static Optional<Long> in(Quantity limit, LocalDate born, LocalDate today) {
        if (!limit.hasValue()) {
            return Optional.empty();
        }
        return switch (String.valueOf(limit.getCode())) {
            case "a" -> Optional.of(ChronoUnit.YEARS.between(born, today));
            case "mo" -> Optional.of(ChronoUnit.MONTHS.between(born, today));
            case "wk" -> Optional.of(ChronoUnit.WEEKS.between(born, today));
            case "d" -> Optional.of(ChronoUnit.DAYS.between(born, today));
            default -> Optional.empty();
        };
    }
}
