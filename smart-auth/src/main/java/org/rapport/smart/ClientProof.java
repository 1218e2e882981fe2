package org.rapport.smart;

/** By what a client proves who it is. */
public sealed interface ClientProof {

    /** Nothing: it cannot keep a secret. */
    record Nothing() implements ClientProof {}

    /**
     * A secret, stored as a hash.
     *
     * @param value at least 16 characters
     */
    record Secret(String value) implements ClientProof {

        /** Says that there is one. */
        @Override
        public String toString() {
            return "Secret[…]";
        }
    }

    /**
     * Assertions signed by a key of its own, RS384 or ES384 (private_key_jwt).
     *
     * @param jwks the public keys, a JSON Web Key Set
     */
    record Keys(String jwks) implements ClientProof {}

    /**
     * The same with keys that it publishes itself.
     *
     * @param uri where the JSON Web Key Set is
     */
    record KeysAt(String uri) implements ClientProof {}
}
