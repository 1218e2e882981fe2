package org.rapport.mail;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The Message-ID of a mail, made from the key of its message: the same at each attempt, so that a receiver can tell a
 * repetition.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5322#section-3.6.4">RFC 5322, 3.6.4</a>
 */
public final class MessageId {

    private static final int LENGTH = 32;

    private MessageId() {}

    /** The identifier in angle brackets; {@code domain} is what follows the at sign in the sender's address. */
    public static String of(String key, String domain) {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return "<" + HexFormat.of().formatHex(hash).substring(0, LENGTH) + "@" + domain + ">";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
