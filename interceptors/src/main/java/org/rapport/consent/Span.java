package org.rapport.consent;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * A span of time between two points that may be known to the year, the month or the day only.
 *
 * @param start where it begins; empty when it has no beginning
 * @param end where it ends, which counts as a whole: a day lasts until midnight; empty when it has no end
 * @see <a href="https://hl7.org/fhir/R4/datatypes.html#Period">FHIR R4 Period</a>
 */
public record Span(Optional<Point> start, Optional<Point> end) {

    /** The span that one point covers. */
    public static Span at(Point point) {
        return new Span(Optional.of(point), Optional.of(point));
    }

    /**
     * A date or a time.
     *
     * @param from its first moment
     * @param until the first moment after it
     * @param offset what the time is told in; empty for a date, which is one in the time zone of the policy
     */
    public record Point(LocalDateTime from, LocalDateTime until, Optional<ZoneOffset> offset) {

        Instant from(ZoneId zone) {
            return instant(from, zone);
        }

        Instant until(ZoneId zone) {
            return instant(until, zone);
        }

        private Instant instant(LocalDateTime time, ZoneId zone) {
            return time.atZone(offset.<ZoneId>map(told -> told).orElse(zone)).toInstant();
        }
    }

    boolean contains(Instant now, ZoneId zone) {
        return !now.isBefore(from(zone)) && now.isBefore(until(zone));
    }

    boolean contains(Span other, ZoneId zone) {
        return !other.from(zone).isBefore(from(zone)) && !other.until(zone).isAfter(until(zone));
    }

    boolean touches(Span other, ZoneId zone) {
        return other.from(zone).isBefore(until(zone)) && from(zone).isBefore(other.until(zone));
    }

    /** Whether it begins when the other is over; spans that overlap come in no order. */
    boolean isAfter(Span other, ZoneId zone) {
        return !from(zone).isBefore(other.until(zone));
    }

    private Instant from(ZoneId zone) {
        return start.map(point -> point.from(zone)).orElse(Instant.MIN);
    }

    private Instant until(ZoneId zone) {
        return end.map(point -> point.until(zone)).orElse(Instant.MAX);
    }
}
