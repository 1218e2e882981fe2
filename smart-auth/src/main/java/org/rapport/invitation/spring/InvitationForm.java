package org.rapport.invitation.spring;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.rapport.account.Role;
import org.rapport.invitation.Invitation;

/**
 * What staff enter to invite somebody; a missing field is empty.
 *
 * @param fhirUser relative, such as {@code Patient/alice}
 * @param roles codes with blanks between them
 * @param birthDate such as 1980-03-01
 */
record InvitationForm(String username, String displayName, String fhirUser, String roles, String birthDate) {

    InvitationForm {
        username = Objects.requireNonNullElse(username, "").strip();
        displayName = Objects.requireNonNullElse(displayName, "").strip();
        fhirUser = Objects.requireNonNullElse(fhirUser, "").strip();
        roles = Objects.requireNonNullElse(roles, "").replace(',', ' ').strip();
        birthDate = Objects.requireNonNullElse(birthDate, "").strip();
    }

    Invitation invitation() {
        var known = Arrays.stream(roles.split(" +"))
                .map(Role::ofCode)
                .flatMap(Optional::stream)
                .collect(Collectors.toSet());
        return new Invitation(filled(username), displayName, filled(fhirUser), known, date(birthDate));
    }

    static Optional<LocalDate> date(String text) {
        try {
            return filled(text).map(LocalDate::parse);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> filled(String text) {
        return Optional.of(text).filter(value -> !value.isEmpty());
    }
}
