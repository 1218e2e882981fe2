package org.rapport.smart;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/** What is stored of a token: enough to recognise it, nothing to use it with. */
public final class TokenHash {

    /** Stands before a hash and in no token, so that the two are never mistaken for each other. */
    private static final String MARK = "#";

    private TokenHash() {}

    /** A mark and the SHA-256 of the token, base64url. */
    public static String of(String token) {
        return MARK + base64(sha256(token));
    }

    /** The left half of the SHA-256 of an access token, as an ID token names it ({@code at_hash}). */
    public static String leftHalf(String accessToken) {
        var digest = sha256(accessToken);
        return base64(Arrays.copyOf(digest, digest.length / 2));
    }

    /** Whether the text is a hash already. */
    public static boolean isHash(String text) {
        return text.startsWith(MARK);
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256.", e);
        }
    }
}
