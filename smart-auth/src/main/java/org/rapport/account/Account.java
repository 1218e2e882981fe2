package org.rapport.account;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A person who can sign in.
 *
 * @param fhirUser the person's resource, relative, such as {@code Practitioner/dr-adams}; null for an account without one
 * @param enabled false stops sign-in and the exchange of refresh tokens
 */
public record Account(
        String username, String displayName, @Nullable String fhirUser, Set<Role> roles, boolean enabled) {

    private static final String PATIENT_PREFIX = "Patient/";

    public Account {
        roles = Set.copyOf(roles);
    }

    /** The id of the person's own record; empty unless the account belongs to a patient. */
    public Optional<String> ownRecord() {
        return Optional.ofNullable(fhirUser)
                .filter(user -> roles.contains(Role.PATIENT) && user.startsWith(PATIENT_PREFIX))
                .map(user -> user.substring(PATIENT_PREFIX.length()));
    }
}
