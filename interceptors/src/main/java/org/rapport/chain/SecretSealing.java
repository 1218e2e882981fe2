package org.rapport.chain;

import java.util.Optional;

/** Encrypts what the database must not show, under the master key of the house. */
public interface SecretSealing {

    /** Encrypts; the purpose must be given again to decrypt. */
    byte[] encrypt(byte[] plain, String purpose);

    /** Decrypts; empty when an unknown key or another purpose was used, or when a bit was changed. */
    Optional<byte[]> decrypt(byte[] sealed, String purpose);

    /** Whether the key that encrypts now has encrypted this; otherwise it should be encrypted anew. */
    boolean isCurrent(byte[] sealed);
}
