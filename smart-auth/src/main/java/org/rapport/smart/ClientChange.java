package org.rapport.smart;

import java.util.Optional;
import java.util.Set;

/**
 * What a client is to be from now on; its id and type stay.
 *
 * @param name what people are shown
 * @param keys keys that take the place of its keys or of its secret; empty leaves its proof as it is
 * @param redirectUris exact addresses
 * @param scopes the most it can be given
 * @param details what else it may have
 */
public record ClientChange(
        String name, Optional<ClientProof> keys, Set<String> redirectUris, Set<String> scopes, ClientDetails details) {

    /** Keeps its own copies; a secret is drawn by the server and never told to it. */
    public ClientChange {
        redirectUris = Set.copyOf(redirectUris);
        scopes = Set.copyOf(scopes);
        if (keys.filter(proof -> proof instanceof ClientProof.Secret || proof instanceof ClientProof.Nothing)
                .isPresent()) {
            throw new IllegalArgumentException("A client changes to keys; a secret is rotated instead.");
        }
    }
}
