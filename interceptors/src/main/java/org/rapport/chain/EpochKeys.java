package org.rapport.chain;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** Makes the keys of an epoch, and the bytes that are kept of them. */
final class EpochKeys {

    private static final int CHAIN_KEY_BYTES = 32;
    private static final String SIGNATURE = "Ed25519";

    private EpochKeys() {}

    static byte[] newChainKey() {
        var key = new byte[CHAIN_KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return key;
    }

    /** The length of the private part, the private part (PKCS 8), the public part (X.509). */
    static byte[] newSigner() {
        try {
            var pair = KeyPairGenerator.getInstance(SIGNATURE).generateKeyPair();
            var secret = pair.getPrivate().getEncoded();
            var open = pair.getPublic().getEncoded();
            return ByteBuffer.allocate(Integer.BYTES + secret.length + open.length)
                    .putInt(secret.length)
                    .put(secret)
                    .put(open)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java runtime from 15 on has Ed25519.", e);
        }
    }

    static ChainKeys.Epoch of(int number, byte[] chainKey, byte[] signer) {
        var bytes = ByteBuffer.wrap(signer);
        var secret = new byte[bytes.getInt()];
        bytes.get(secret);
        var open = new byte[bytes.remaining()];
        bytes.get(open);
        try {
            var keys = KeyFactory.getInstance(SIGNATURE);
            return new ChainKeys.Epoch(
                    number,
                    new SecretKeySpec(chainKey, "HmacSHA256"),
                    new KeyPair(
                            keys.generatePublic(new X509EncodedKeySpec(open)),
                            keys.generatePrivate(new PKCS8EncodedKeySpec(secret))));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The keys of audit epoch " + number + " are damaged.", e);
        }
    }
}
