package org.rapport.delivery;

import java.time.Instant;
import java.util.Optional;
import org.rapport.access.Caller;

/**
 * An active Subscription.
 *
 * @param id logical id of the resource
 * @param version of the resource that it was read from
 * @param criteria what it watches for
 * @param hook what is sent, and where to
 * @param author by whose rights each delivery is judged
 * @param end when it ends by itself
 */
public record Registration(
        String id, long version, Criteria criteria, Hook hook, Caller author, Optional<Instant> end) {

    /** Whether its time is over. */
    public boolean hasEnded(Instant now) {
        return end.filter(moment -> !now.isBefore(moment)).isPresent();
    }
}
