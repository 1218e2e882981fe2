package org.rapport.booking;

import java.time.Instant;

/**
 * A span of somebody's time that is given away.
 *
 * @param actor relative reference, such as {@code Practitioner/dr-adams}
 * @param start first moment
 * @param end first moment after it
 */
public record Claim(String actor, Instant start, Instant end) {

    /** Whether it is of the same actor and takes any moment of a span. */
    public boolean takes(String anActor, Instant from, Instant to) {
        return actor.equals(anActor) && start.isBefore(to) && from.isBefore(end);
    }
}
