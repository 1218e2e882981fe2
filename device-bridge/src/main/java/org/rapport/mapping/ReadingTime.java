package org.rapport.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.regex.Pattern;

/**
 * When something was measured.
 *
 * @param text as it was sent, with the offset
 * @param at the same moment
 */
record ReadingTime(String text, Instant at) {

    /** Farther ahead no clock may be. */
    private static final Duration FUTURE = Duration.ofHours(24);

    /** Clocks that were never set begin in 1970 or in 2000. */
    private static final Instant UNSET = Instant.parse("2000-01-03T00:00:00Z");

    private static final int FARTHEST_OFFSET = ZoneOffset.ofHours(14).getTotalSeconds();
    private static final Pattern LOCAL =
            Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{1,9})?");
    private static final Pattern WITH_OFFSET = Pattern.compile(LOCAL.pattern() + "(Z|[+-][0-9]{2}:[0-9]{2})");

    static ReadingTime of(JsonNode node, Instant now) {
        var text = node.isTextual() ? node.asText() : "";
        if (LOCAL.matcher(text).matches()) {
            throw new RefusedPayload(
                    Refusal.TIMEZONE_UNKNOWN, "The timestamp has no offset from UTC; send one, such as +01:00 or Z.");
        }
        var time = new ReadingTime(text, instant(text));
        if (time.at().isAfter(now.plus(FUTURE))) {
            throw new RefusedPayload(Refusal.CLOCK, "The timestamp is more than 24 hours ahead; set the clock.");
        }
        if (time.at().isBefore(UNSET)) {
            throw new RefusedPayload(Refusal.CLOCK, "The timestamp is that of a clock that was never set; set it.");
        }
        return time;
    }

    private static Instant instant(String text) {
        if (WITH_OFFSET.matcher(text).matches()) {
            try {
                var time = OffsetDateTime.parse(text);
                if (Math.abs(time.getOffset().getTotalSeconds()) <= FARTHEST_OFFSET) {
                    return time.toInstant();
                }
            } catch (DateTimeException e) {
                throw noTime();
            }
        }
        throw noTime();
    }

    private static RefusedPayload noTime() {
        return new RefusedPayload(
                Refusal.VALUE, "Expected a timestamp with seconds and offset, such as 2026-03-01T08:15:30+01:00.");
    }
}
