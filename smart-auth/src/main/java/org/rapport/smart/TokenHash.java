package org.rapport.smart;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** What is stored of a token: enough to recognise it, nothing to use it with. */
public final class TokenHash {

    /** Stands before a hash and in no token, so that the two are never mistaken for each other. */
    private static final String MARK = "#";

    private TokenHash() {}

    /** A mark and the SHA-256 of the token, base64url. */
    public static String of(String token) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return MARK + Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256.", e);
        }
    }

    /** Whether the text is a hash already. */
    public static boolean isHash(String text) {
        return text.startsWith(MARK);
    }
}
