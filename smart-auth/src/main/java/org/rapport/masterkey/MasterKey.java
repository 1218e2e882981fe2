package org.rapport.masterkey;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.rapport.chain.SecretSealing;

/**
 * Encrypts what the database must not show, by AES-256-GCM with a fresh nonce each time.
 *
 * <p>What it encrypts begins with the id of the key, so that the key can be changed: former keys go on to decrypt.
 */
public final class MasterKey implements SecretSealing {

    private static final int KEY_BYTES = 32;
    private static final int ID_BYTES = 8;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final List<Key> keys;
    private final SecureRandom random = new SecureRandom();

    private MasterKey(List<Key> keys) {
        this.keys = keys;
    }

    /**
     * Asks for the keys.
     *
     * @throws UnusableMasterKey when there are none, or something else than keys
     */
    public static MasterKey from(MasterKeySource source) {
        var keys = source.keys().stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .map(line -> key(line, source))
                .toList();
        if (keys.isEmpty()) {
            throw noKey(source, null);
        }
        return new MasterKey(keys);
    }

    /**
     * Reads the keys from a file (32 bytes in base64, one in a line), making one when the file is missing.
     *
     * @throws UnusableMasterKey when others can read the file or it holds no key
     */
    public static MasterKey fromFile(Path file) {
        return from(new MasterKeyFile(file));
    }

    /**
     * The keys that the settings name.
     *
     * @param usualFile where they are when the settings name nothing
     * @throws UnusableMasterKey when there are none to be had, or the settings name two places
     */
    public static MasterKey of(KeySettings settings, Path usualFile) {
        if (settings.masterKeyCommand().isEmpty()) {
            return fromFile(Objects.requireNonNullElse(settings.masterKeyFile(), usualFile));
        }
        if (settings.masterKeyFile() != null) {
            throw new UnusableMasterKey(
                    "Both rapport.keys.master-key-file and rapport.keys.master-key-command are set; keep one of them.",
                    null);
        }
        return from(new MasterKeyCommand(settings.masterKeyCommand(), MasterKeyCommand.PATIENCE));
    }

    @Override
    public byte[] encrypt(byte[] plain, String purpose) {
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        var key = keys.get(0);
        try {
            var sealed = cipher(key, Cipher.ENCRYPT_MODE, nonce, purpose).doFinal(plain);
            return ByteBuffer.allocate(ID_BYTES + NONCE_BYTES + sealed.length)
                    .put(key.id())
                    .put(nonce)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM does not work in this Java runtime.", e);
        }
    }

    @Override
    public Optional<byte[]> decrypt(byte[] sealed, String purpose) {
        return keys.stream()
                .filter(key -> key.sealed(sealed))
                .findFirst()
                .map(key -> decrypt(key, Arrays.copyOfRange(sealed, ID_BYTES, sealed.length), purpose))
                .orElseGet(() -> withoutId(sealed, purpose));
    }

    @Override
    public boolean isCurrent(byte[] sealed) {
        return keys.get(0).sealed(sealed);
    }

    /** What was encrypted before ciphertexts named their key. */
    private Optional<byte[]> withoutId(byte[] sealed, String purpose) {
        return keys.stream()
                .map(key -> decrypt(key, sealed, purpose))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<byte[]> decrypt(Key key, byte[] sealed, String purpose) {
        if (sealed.length < NONCE_BYTES) {
            return Optional.empty();
        }
        try {
            var nonce = Arrays.copyOf(sealed, NONCE_BYTES);
            return Optional.of(cipher(key, Cipher.DECRYPT_MODE, nonce, purpose)
                    .doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    /** A hash that nobody can compute without the key, 32 bytes; another purpose gives another hash of the same text. */
    public byte[] keyedHash(byte[] text, String purpose) {
        return keyedHash(keys.get(0), text, purpose);
    }

    /** The same under each key, also former ones, to find what was stored under any of them. */
    public List<byte[]> keyedHashes(byte[] text, String purpose) {
        return keys.stream().map(key -> keyedHash(key, text, purpose)).toList();
    }

    private static byte[] keyedHash(Key key, byte[] text, String purpose) {
        var forPurpose = hmac(key.secret.getEncoded(), ("keyed-hash:" + purpose).getBytes(StandardCharsets.UTF_8));
        return hmac(forPurpose, text);
    }

    private static byte[] hmac(byte[] key, byte[] text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA256 does not work in this Java runtime.", e);
        }
    }

    private static Cipher cipher(Key key, int mode, byte[] nonce, String purpose) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key.secret, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(purpose.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private static Key key(String line, MasterKeySource source) {
        try {
            var bytes = Base64.getDecoder().decode(line);
            if (bytes.length != KEY_BYTES) {
                throw noKey(source, null);
            }
            return new Key(bytes);
        } catch (IllegalArgumentException e) {
            throw noKey(source, e);
        }
    }

    private static UnusableMasterKey noKey(MasterKeySource source, @Nullable Throwable cause) {
        return new UnusableMasterKey(source + " holds no master key; a key is 32 bytes in base64.", cause);
    }

    /** A key and the beginning of its SHA-256, by which ciphertexts name it. */
    private static final class Key {

        private final SecretKeySpec secret;
        private final byte[] id;

        Key(byte[] bytes) {
            secret = new SecretKeySpec(bytes, "AES");
            try {
                id = Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(bytes), ID_BYTES);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("Every Java runtime has SHA-256.", e);
            }
        }

        byte[] id() {
            return id;
        }

        boolean sealed(byte[] text) {
            return text.length > ID_BYTES && Arrays.equals(text, 0, ID_BYTES, id, 0, ID_BYTES);
        }
    }
}
