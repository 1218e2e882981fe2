package org.rapport.account;

import java.security.SecureRandom;
import java.util.Locale;

/** Makes codes that people read and type: twenty letters and digits in four groups, about 95 bits. */
public final class ReadableCode {

    /** Without vowels and lookalikes: nothing to misread, no words. */
    private static final String LETTERS = "BCDFGHJKMNPQRSTVWXZ23456789";

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int LENGTH = 20;
    private static final int GROUP = 5;

    private ReadableCode() {}

    /** A code that nobody has seen before, such as {@code BCDFG-HJKMN-PQRST-VWXZ2}. */
    public static String random() {
        var code = new StringBuilder();
        for (int i = 0; i < LENGTH; i++) {
            if (i > 0 && i % GROUP == 0) {
                code.append('-');
            }
            code.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
        }
        return code.toString();
    }

    /** What is left of a typed code without what does not count: blanks, dashes, small letters. */
    public static String plain(String typed) {
        return typed.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "");
    }
}
