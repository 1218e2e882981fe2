package org.rapport.breakglass.spring;

import java.time.Instant;
import java.util.Optional;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;

/** Marks the grant of an emergency with its end, so that its token says so. */
public final class EmergencyGrant {

    /** As a text: the classes that Spring Authorization Server reads back from a grant are few. */
    private static final String UNTIL = "rapport.emergency-until";

    private EmergencyGrant() {}

    /** When the emergency ends that a grant belongs to; empty for every other grant. */
    public static Optional<Instant> until(OAuth2Authorization grant) {
        String until = grant.getAttribute(UNTIL);
        return Optional.ofNullable(until).map(Instant::parse);
    }

    static OAuth2Authorization marked(OAuth2Authorization grant, Instant until) {
        return OAuth2Authorization.from(grant)
                .attribute(UNTIL, until.toString())
                .build();
    }
}
