package org.rapport.invitation;

import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import org.rapport.account.Role;

/**
 * What somebody is invited to be.
 *
 * @param username the user name that is fixed for them; empty to let them choose
 * @param displayName what staff call them
 * @param fhirUser who they are in the record, relative, such as {@code Patient/alice}; empty for nobody
 * @param roles what they may use the account as; at least one
 * @param birthDate what they must know beside the code; empty to ask for the code alone
 */
public record Invitation(
        Optional<String> username,
        String displayName,
        Optional<String> fhirUser,
        Set<Role> roles,
        Optional<LocalDate> birthDate) {

    public Invitation {
        roles = Set.copyOf(roles);
    }
}
