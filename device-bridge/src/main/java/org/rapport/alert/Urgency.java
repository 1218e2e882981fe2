package org.rapport.alert;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Tells what is happening now from what a device has kept for later, and from clocks that are ahead.
 *
 * @param clock says what time it is
 */
public record Urgency(Clock clock) {

    private static final Duration OLDEST = Duration.ofMinutes(15);
    private static final Duration AHEAD = Duration.ofMinutes(5);

    /** Whether something measured then still calls for somebody at once. */
    public boolean isNow(Instant measured) {
        var now = clock.instant();
        return !measured.isBefore(now.minus(OLDEST)) && !measured.isAfter(now.plus(AHEAD));
    }
}
