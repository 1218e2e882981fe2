package org.rapport.admin.people.spring;

import java.util.List;
import java.util.Optional;
import org.rapport.account.Account;
import org.rapport.account.Role;

/**
 * A person as administrators see them.
 *
 * @param fhirUser who they are in the record, relative; empty for nobody
 * @param roles codes, such as {@code care-manager}
 */
record PersonView(String username, String displayName, String fhirUser, List<String> roles, boolean enabled) {

    static PersonView of(Account account) {
        return new PersonView(
                account.username(),
                account.displayName(),
                Optional.ofNullable(account.fhirUser()).orElse(""),
                account.roles().stream().map(Role::code).sorted().toList(),
                account.enabled());
    }
}
