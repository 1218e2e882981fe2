package org.rapport.invitation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.LocalDate;
import org.rapport.account.ReadableCode;
import org.rapport.masterkey.MasterKey;
import org.rapport.smart.TokenHash;

/**
 * Hashes what an invitation asks for.
 *
 * @param key without it, birth dates could be found by trying all
 */
public record Secrets(MasterKey key) {

    private static final String PURPOSE = "invitation-birth-date";

    String codeHash(String code) {
        return TokenHash.of(ReadableCode.plain(code));
    }

    byte[] birthDateHash(String codeHash, LocalDate date) {
        return key.keyedHash(text(codeHash, date), PURPOSE);
    }

    /** Whether this date was stored, under the present master key or one before. */
    boolean isBirthDate(byte[] stored, String codeHash, LocalDate date) {
        return key.keyedHashes(text(codeHash, date), PURPOSE).stream()
                .anyMatch(hash -> MessageDigest.isEqual(hash, stored));
    }

    private static byte[] text(String codeHash, LocalDate date) {
        return (codeHash + '|' + date).getBytes(StandardCharsets.UTF_8);
    }
}
