package org.rapport.breakglass;

import java.time.Instant;
import java.util.UUID;

/**
 * One time that the glass was broken.
 *
 * @param username who broke it
 * @param often whether it was at least the third time within a day
 * @param session id of the login session with which the emergency ends
 * @param expiresAt when it ends at the latest
 */
public record Emergency(
        UUID id,
        String username,
        Declaration why,
        boolean often,
        String session,
        Instant startedAt,
        Instant expiresAt) {

    /** The patient whose record it opens. */
    public String patient() {
        return why.patient();
    }
}
