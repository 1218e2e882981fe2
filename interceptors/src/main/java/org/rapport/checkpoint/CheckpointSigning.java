package org.rapport.checkpoint;

import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import org.rapport.chain.ChainKeys;
import org.rapport.chain.Hash;
import org.rapport.checkpoint.Checkpoint.Extent;
import org.rapport.checkpoint.Checkpoint.Kind;

/**
 * Signs checkpoints by Ed25519, and tells whether one of this server's keys has signed.
 *
 * @param keys one pair for each epoch
 * @param clock dates them
 */
public record CheckpointSigning(ChainKeys keys, Clock clock) {

    private static final String ALGORITHM = "Ed25519";

    /** Signs a statement with the key that is used now. */
    Checkpoint sign(Kind kind, Extent extent, String note, Hash before) {
        var key = keys.newest();
        var unsigned = new Checkpoint(
                kind,
                extent,
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                note,
                before,
                new Checkpoint.Signature(key.number(), ""));
        try {
            var signature = Signature.getInstance(ALGORITHM);
            signature.initSign(key.signer().getPrivate());
            signature.update(unsigned.statement());
            return unsigned.signed(Base64.getEncoder().encodeToString(signature.sign()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Ed25519 does not work in this Java runtime.", e);
        }
    }

    /** Whether a statement is as this server has signed it. */
    public boolean holds(Checkpoint checkpoint) {
        return keys.of(checkpoint.signature().epoch())
                .map(key -> holds(checkpoint, key))
                .orElse(false);
    }

    private static boolean holds(Checkpoint checkpoint, ChainKeys.Epoch key) {
        try {
            var signature = Signature.getInstance(ALGORITHM);
            signature.initVerify(key.signer().getPublic());
            signature.update(checkpoint.statement());
            return signature.verify(
                    Base64.getDecoder().decode(checkpoint.signature().value()));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }
}
