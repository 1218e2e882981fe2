package org.rapport.clientkey;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import java.text.ParseException;

/** Reads the public keys a client signs its assertions with. */
public final class ClientKeys {

    private static final int MOST_KEYS = 10;
    private static final int SMALLEST_RSA = 2048;

    private ClientKeys() {}

    /**
     * The keys, each with an id and strong enough.
     *
     * @throws IllegalArgumentException when the text is no key set, or holds a private, weak, nameless or unfit key
     */
    public static JWKSet parse(String json) {
        try {
            var keys = JWKSet.parse(json);
            if (keys.isEmpty()
                    || keys.size() > MOST_KEYS
                    || !keys.getKeys().stream().allMatch(ClientKeys::isFit)) {
                throw new IllegalArgumentException(
                        "A key set has 1 to 10 public keys with a kid, RSA of at least 2048 bits or EC P-384.");
            }
            return keys;
        } catch (ParseException e) {
            throw new IllegalArgumentException("The keys of a client are a JSON Web Key Set.", e);
        }
    }

    private static boolean isFit(JWK key) {
        boolean strongRsa = key instanceof RSAKey rsa && rsa.size() >= SMALLEST_RSA;
        boolean strongCurve = key instanceof ECKey curve && curve.getCurve().equals(Curve.P_384);
        return (strongRsa || strongCurve) && !key.isPrivate() && key.getKeyID() != null;
    }
}
