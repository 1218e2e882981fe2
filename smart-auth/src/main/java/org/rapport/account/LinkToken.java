package org.rapport.account;

import java.security.SecureRandom;
import java.util.Base64;

/** Makes what a link or a page proves itself by: 256 random bits, base64url, 43 characters. */
public final class LinkToken {

    /** What such a token looks like. */
    public static final String FORM = "[A-Za-z0-9_-]{43}";

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 32;

    private LinkToken() {}

    /** A token that nobody has seen before. */
    public static String random() {
        var bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
