package org.rapport.relation.hapi;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Period;

/**
 * Tells whether a period holds the present.
 *
 * @param clock says what the present is
 */
public record InForce(Clock clock) {

    /** Whether it has begun and not ended; an end that is open has not come. */
    public boolean isNow(Period period) {
        var now = clock.instant();
        boolean begun = !period.hasStart() || !period.getStart().toInstant().isAfter(now);
        return begun && (!period.hasEnd() || now.isBefore(after(period.getEndElement())));
    }

    /** The first moment after another at which one of these periods begins or has ended; empty when they stay as they are. */
    static Optional<Instant> turnAfter(Instant moment, Stream<Period> periods) {
        return periods.flatMap(period -> Stream.concat(
                        Stream.of(period)
                                .filter(Period::hasStart)
                                .map(each -> each.getStart().toInstant()),
                        Stream.of(period).filter(Period::hasEnd).map(each -> after(each.getEndElement()))))
                .filter(turn -> turn.isAfter(moment))
                .min(Comparator.naturalOrder());
    }

    /** The first moment after an end, which counts as a whole: a day lasts until midnight. */
    private static Instant after(DateTimeType end) {
        var zone = end.getTimeZone() == null
                ? ZoneId.systemDefault()
                : end.getTimeZone().toZoneId();
        var start = end.getValue().toInstant().atZone(zone);
        return switch (end.getPrecision()) {
            case YEAR -> start.plusYears(1).toInstant();
            case MONTH -> start.plusMonths(1).toInstant();
            case DAY -> start.plusDays(1).toInstant();
            default -> start.toInstant();
        };
    }
}
