package org.rapport.consent.fhir;

import ca.uhn.fhir.model.api.TemporalPrecisionEnum;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Timing;
import org.rapport.consent.Span;
import org.rapport.consent.Span.Point;

/** Reads dates, times and periods as precisely as they are told. */
final class Spans {

    private Spans() {}

    /** The span of a value; empty for one that tells no time. */
    static Optional<Span> of(Base value) {
        if (value instanceof Period period) {
            var span = new Span(point(period.getStartElement()), point(period.getEndElement()));
            return period.hasStart() || period.hasEnd() ? Optional.of(span) : Optional.empty();
        }
        if (value instanceof Timing timing) {
            return timing.getEvent().stream().findFirst().flatMap(Spans::point).map(Span::at);
        }
        return value instanceof BaseDateTimeType time ? point(time).map(Span::at) : Optional.empty();
    }

    private static Optional<Point> point(BaseDateTimeType time) {
        if (!time.hasValue()) {
            return Optional.empty();
        }
        var text = time.getValueAsString();
        return Optional.of(
                switch (time.getPrecision()) {
                    case YEAR -> days(LocalDate.parse(text + "-01-01"), ChronoUnit.YEARS);
                    case MONTH -> days(LocalDate.parse(text + "-01"), ChronoUnit.MONTHS);
                    case DAY -> days(LocalDate.parse(text), ChronoUnit.DAYS);
                    default -> moment(time, unit(time.getPrecision()));
                });
    }

    private static Point days(LocalDate first, ChronoUnit unit) {
        return new Point(first.atStartOfDay(), first.plus(1, unit).atStartOfDay(), Optional.empty());
    }

    /** HAPI has read it: it knows leap seconds and any number of digits. */
    private static Point moment(BaseDateTimeType time, ChronoUnit unit) {
        var told = time.getValue().toInstant();
        Optional<ZoneOffset> offset = Optional.ofNullable(time.getTimeZone())
                .map(zone -> zone.toZoneId().getRules().getOffset(told));
        var here = ZoneId.systemDefault().getRules().getOffset(told);
        var start = LocalDateTime.ofInstant(told, offset.orElse(here));
        return new Point(start, start.plus(1, unit), offset);
    }

    private static ChronoUnit unit(TemporalPrecisionEnum precision) {
        return switch (precision) {
            case MINUTE -> ChronoUnit.MINUTES;
            case SECOND -> ChronoUnit.SECONDS;
            default -> ChronoUnit.MILLIS;
        };
    }
}
