package org.rapport.password;

import java.util.Locale;

/** Why a password is not taken. */
public enum Weakness {
    /** Shorter than 12 or longer than 128 characters. */
    LENGTH,
    /** It is one of the most common passwords, or hardly more than one. */
    COMMON,
    /** It was found in a breach. */
    BREACHED,
    /** It is hardly more than the name of its owner or of the product. */
    PERSONAL,
    /** It repeats a few characters. */
    REPEATED,
    /** It follows the keys, the alphabet or the digits. */
    SEQUENCE;

    /** The name in messages, such as {@code repeated}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
