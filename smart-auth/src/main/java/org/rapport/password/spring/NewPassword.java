package org.rapport.password.spring;

import java.util.Objects;
import java.util.Optional;
import org.rapport.password.Passwords;

/**
 * What the forms for a new password hold; a missing field is empty.
 *
 * @param old the password until now; empty where a link stands in for it
 */
record NewPassword(String old, String password, String repeated) {

    NewPassword {
        old = Objects.requireNonNullElse(old, "");
        password = Objects.requireNonNullElse(password, "");
        repeated = Objects.requireNonNullElse(repeated, "");
    }

    /** What is wrong with it, by the name of its message; empty when nothing is. */
    Optional<String> problem(Passwords passwords, String username) {
        return password.equals(repeated)
                ? passwords.weakness(username, password).map(weakness -> weakness.code())
                : Optional.of("not-repeated");
    }

    /** Nothing: a password has no place in a log. */
    @Override
    public String toString() {
        return "NewPassword";
    }
}
