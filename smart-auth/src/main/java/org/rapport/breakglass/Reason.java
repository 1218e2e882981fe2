package org.rapport.breakglass;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Why somebody breaks the glass; its code stands in forms, in the database and in the audit log. */
public enum Reason {
    /** The patient cannot be asked. */
    UNCONSCIOUS,
    /** Life or health is in danger now. */
    LIFE_THREATENING,
    /** Whoever treats the patient cannot be reached in time. */
    NOBODY_REACHED,
    /** What the explanation says. */
    OTHER;

    /** The name outside of Java, such as {@code life-threatening}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The reason with this code; empty when there is none. */
    public static Optional<Reason> ofCode(String code) {
        return Arrays.stream(values())
                .filter(reason -> reason.code().equals(code))
                .findFirst();
    }
}
