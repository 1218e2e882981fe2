package org.rapport.outbox;

import java.time.Duration;

/**
 * How often and how long something is tried: each pause is twice the one before, up to the longest.
 *
 * @param first pause after the first failure
 * @param longest pause of all
 * @param patience from the moment something is put in until it is parked
 */
public record RetryPlan(Duration first, Duration longest, Duration patience) {

    /** For what goes to other systems: after seconds, then minutes, up to half an hour apart, for three days. */
    public static final RetryPlan OUTSIDE =
            new RetryPlan(Duration.ofSeconds(2), Duration.ofMinutes(30), Duration.ofDays(3));

    private static final int DOUBLINGS = 20;

    /** The pause after the attempt with that number, from 1. */
    public Duration pauseAfter(int attempt) {
        var pause = first.multipliedBy(1L << Math.min(attempt - 1, DOUBLINGS));
        return pause.compareTo(longest) > 0 ? longest : pause;
    }
}
