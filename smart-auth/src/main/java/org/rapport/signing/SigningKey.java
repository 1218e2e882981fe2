package org.rapport.signing;

import com.nimbusds.jose.jwk.RSAKey;
import java.time.Instant;

/**
 * A key that signs tokens.
 *
 * @param key with its private part
 * @param signsFrom until then it is only published, so that everybody who keeps a copy of our key set has learnt of it
 */
public record SigningKey(RSAKey key, Instant signsFrom) {

    /** The key id. */
    public String id() {
        return key.getKeyID();
    }

    /** The id without the key. */
    @Override
    public String toString() {
        return "SigningKey[" + id() + " from " + signsFrom + "]";
    }
}
