package org.rapport.password;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The 49,000 most common passwords, by the first eight bytes of their SHA-256: a list to look things up in, not to read.
 *
 * <p>Most of them are too short to be taken. They are here because people make them longer: with digits and signs around
 * them, and with digits in place of letters.
 */
public final class CommonPasswords {

    private static final String LIST = "/org/rapport/password/common-passwords.sha256";
    private static final String REPLACED = "0134578@$!";
    private static final String LETTERS = "oleastbasi";

    private final long[] hashes;

    /** Reads the list that the product brings along. */
    public CommonPasswords() {
        try (var input = CommonPasswords.class.getResourceAsStream(LIST)) {
            if (input == null) {
                throw new IllegalStateException("The list of common passwords is missing in the jar.");
            }
            var bytes = input.readAllBytes();
            LongBuffer list = ByteBuffer.wrap(bytes).asLongBuffer();
            hashes = new long[list.remaining()];
            list.get(hashes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a password is in the list, or at least half of it is and digits and signs around it are the rest. */
    boolean contains(String password) {
        var lower = password.toLowerCase(Locale.ROOT);
        return Stream.of(lower, withLetters(lower))
                .flatMap(text -> Stream.of(text, core(text)))
                .filter(text -> text.length() * 2 >= password.length())
                .anyMatch(this::isListed);
    }

    private boolean isListed(String text) {
        return Arrays.binarySearch(hashes, hash(text)) >= 0;
    }

    private static String core(String text) {
        return text.replaceAll("^[^\\p{L}]+|[^\\p{L}]+$", "");
    }

    private static String withLetters(String text) {
        var letters = new StringBuilder(text);
        for (int i = 0; i < text.length(); i++) {
            int place = REPLACED.indexOf(text.charAt(i));
            if (place >= 0) {
                letters.setCharAt(i, LETTERS.charAt(place));
            }
        }
        return letters.toString();
    }

    private static long hash(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256.", e);
        }
    }
}
