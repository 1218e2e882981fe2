package org.rapport.consent.fhir;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.Element;
import org.hl7.fhir.r4.model.Period;

/** Spans of time as the second evaluator counts them: the first second, and the first one after. */
final class Seconds {

    private Seconds() {}

    static boolean within(long[] interval, Instant moment) {
        return interval[0] <= moment.getEpochSecond() && moment.getEpochSecond() < interval[1];
    }

    static long[] of(Period period) {
        return new long[] {
            period.hasStart() ? of(period.getStartElement())[0] : Long.MIN_VALUE,
            period.hasEnd() ? of(period.getEndElement())[1] : Long.MAX_VALUE
        };
    }

    static long[] of(Element time) {
        return of(((BaseDateTimeType) time).getValueAsString());
    }

    /** First second, and first second after. */
    static long[] of(String text) {
        if (text.length() > 10) {
            long second = OffsetDateTime.parse(text).toEpochSecond();
            return new long[] {second, second + 1};
        }
        var first = LocalDate.parse((text + "-01-01").substring(0, 10));
        var next =
                text.length() == 4 ? first.plusYears(1) : text.length() == 7 ? first.plusMonths(1) : first.plusDays(1);
        var zone = ZoneId.of("Europe/Berlin");
        return new long[] {
            first.atStartOfDay(zone).toEpochSecond(), next.atStartOfDay(zone).toEpochSecond()
        };
    }
}
