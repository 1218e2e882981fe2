package org.rapport.breakglass;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

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

    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    /** The id in a text; empty when it is none. */
    public static Optional<UUID> id(String text) {
        return ID.matcher(text).matches() ? Optional.of(UUID.fromString(text)) : Optional.empty();
    }

    /** The patient whose record it opens. */
    public String patient() {
        return why.patient();
    }
}
