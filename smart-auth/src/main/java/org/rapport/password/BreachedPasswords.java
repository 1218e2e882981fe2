package org.rapport.password;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Looks passwords up in a file of those found in breaches, sorted by SHA-1, one a line as {@code HASH:COUNT}: what Have I
 * Been Pwned offers to download.
 *
 * <p>The file is searched where it lies, some forty reads for each password, and never held in memory.
 *
 * @param file the sorted list
 */
public record BreachedPasswords(Path file) {

    private static final int HASH_LENGTH = 40;

    /**
     * Takes a file that looks like such a list.
     *
     * @throws IllegalArgumentException when it cannot be read or its first line is no SHA-1
     */
    public BreachedPasswords {
        try (var lines = Files.newBufferedReader(file, StandardCharsets.US_ASCII)) {
            var first = lines.readLine();
            if (first == null || !first.matches("[0-9A-Fa-f]{40}(:.*)?")) {
                throw new IllegalArgumentException("The first line of " + file
                        + " is no SHA-1; rapport.accounts.breached-passwords-file needs lines such as HASH:COUNT.");
            }
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "The list of breached passwords %s cannot be read; mend rapport.accounts.breached-passwords-file."
                            .formatted(file),
                    e);
        }
    }

    /** Whether the password is in the list. */
    boolean contains(String password) {
        var wanted = sha1(password);
        try (var list = new RandomAccessFile(file.toFile(), "r")) {
            long low = 0;
            long high = list.length();
            while (low < high) {
                long middle = (low + high) >>> 1;
                long start = lineAfter(list, middle);
                if (start >= high) {
                    high = middle;
                    continue;
                }
                int order = hashAt(list, start).compareTo(wanted);
                if (order == 0) {
                    return true;
                }
                if (order < 0) {
                    low = start + HASH_LENGTH;
                } else {
                    high = middle;
                }
            }
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException("The list of breached passwords cannot be read.", e);
        }
    }

    /** Where the first line begins that does not begin before this place. */
    private static long lineAfter(RandomAccessFile list, long place) throws IOException {
        if (place == 0) {
            return 0;
        }
        list.seek(place - 1);
        int next = list.read();
        long at = place;
        while (next != '\n' && next != -1) {
            next = list.read();
            at++;
        }
        return next == -1 ? list.length() : at;
    }

    private static String hashAt(RandomAccessFile list, long start) throws IOException {
        var hash = new byte[HASH_LENGTH];
        list.seek(start);
        int read = list.read(hash);
        return new String(hash, 0, Math.max(read, 0), StandardCharsets.US_ASCII).toUpperCase(Locale.ROOT);
    }

    /** No protection: only the form in which the list has them. */
    private static String sha1(String password) {
        try {
            var digest = MessageDigest.getInstance("SHA-1").digest(password.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().withUpperCase().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-1.", e);
        }
    }
}
