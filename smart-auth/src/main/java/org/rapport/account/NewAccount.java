package org.rapport.account;

import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An account to be made.
 *
 * @param username letters, digits and {@code . _ @ -}, at most 100
 * @param password 12 to 128 characters; never stored, only its hash
 * @param fhirUser the person's resource, relative, such as {@code Patient/alice}; null for an account without one
 */
public record NewAccount(
        String username,
        String password,
        String displayName,
        @Nullable String fhirUser,
        Set<Role> roles) {

    private static final Pattern USERNAME = Pattern.compile("[A-Za-z0-9._@-]{1,100}");
    private static final Pattern FHIR_USER =
            Pattern.compile("(Patient|Practitioner|RelatedPerson|Person)/[A-Za-z0-9.-]{1,64}");
    private static final int SHORTEST_PASSWORD = 12;
    private static final int LONGEST_PASSWORD = 128;

    public NewAccount {
        roles = Set.copyOf(roles);
        if (!isUsername(username)) {
            throw new IllegalArgumentException(
                    "A user name has 1 to 100 letters, digits or . _ @ - ; choose one of these.");
        }
        if (!isPassword(password)) {
            throw new IllegalArgumentException("A password has 12 to 128 characters; choose a longer or shorter one.");
        }
        if (fhirUser != null && !isFhirUser(fhirUser)) {
            throw new IllegalArgumentException("Unknown fhirUser \"" + fhirUser
                    + "\"; write Patient/, Practitioner/, RelatedPerson/ or Person/" + " and an id.");
        }
    }

    /** Whether an account may have this name. */
    public static boolean isUsername(String text) {
        return USERNAME.matcher(text).matches();
    }

    /** Whether an account may have this password. */
    public static boolean isPassword(String text) {
        return text.length() >= SHORTEST_PASSWORD && text.length() <= LONGEST_PASSWORD;
    }

    /** Whether an account may be this in the record. */
    public static boolean isFhirUser(String reference) {
        return FHIR_USER.matcher(reference).matches();
    }

    /** The description without the password. */
    @Override
    public String toString() {
        return "NewAccount[username=%s, fhirUser=%s, roles=%s]".formatted(username, fhirUser, roles);
    }
}
