package org.rapport.chain;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/** A SHA-256, or an HMAC made with it; 32 bytes unless somebody has changed it. */
public final class Hash {

    private static final int BYTES = 32;

    /** What stands before the first row of a chain. */
    public static final Hash NOTHING = new Hash(new byte[BYTES]);

    private final byte[] bytes;

    private Hash(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The hash that was stored as these bytes. */
    public static Hash of(byte[] bytes) {
        return new Hash(bytes.clone());
    }

    /**
     * The hash that {@link #hex} wrote.
     *
     * @throws IllegalArgumentException when it is no hexadecimal number
     */
    public static Hash ofHex(String text) {
        return new Hash(HexFormat.of().parseHex(text));
    }

    /** The SHA-256 of the parts, one after the other. */
    public static Hash sha256(byte[]... parts) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (var part : parts) {
                digest.update(part);
            }
            return new Hash(digest.digest());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256.", e);
        }
    }

    /** The HMAC-SHA256 of the parts, one after the other. */
    static Hash hmac(SecretKey key, byte[]... parts) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            for (var part : parts) {
                mac.update(part);
            }
            return new Hash(mac.doFinal());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA256 does not work in this Java runtime.", e);
        }
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Two lower-case hexadecimal digits for each byte. */
    public String hex() {
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Hash hash && MessageDigest.isEqual(bytes, hash.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return hex();
    }
}
