package org.rapport.checkpoint;

import java.time.Instant;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.rapport.chain.CanonicalJson;
import org.rapport.chain.Hash;

/**
 * A signed statement on the chain.
 *
 * @param kind what it states
 * @param extent of the chain that it speaks of
 * @param time when it was made
 * @param note why, and by whom, somebody says that the chain goes on after a restore; empty for a checkpoint
 * @param before the SHA-256 of the line before it in the file
 * @param signature the epoch of the key that has signed it, and the signature
 */
public record Checkpoint(Kind kind, Extent extent, Instant time, String note, Hash before, Signature signature) {

    /** What is stated. */
    public enum Kind {
        /** The chain has come this far. */
        CHECKPOINT,
        /** The database was restored from a backup: what was stated of rows that are no more does not count. */
        RESEAL
    }

    /**
     * A piece of the chain.
     *
     * @param since the place before the first row of the piece
     * @param count the place of its last row
     * @param head the hash of that row
     * @param root of the Merkle tree over the hashes of its rows
     */
    public record Extent(long since, long count, Hash head, Hash root) {}

    /**
     * Who has signed.
     *
     * @param epoch of the key
     * @param value Ed25519 over the statement without its signature, in base64; empty before it is signed
     */
    public record Signature(int epoch, String value) {}

    /** The same with a signature. */
    Checkpoint signed(String value) {
        return new Checkpoint(kind, extent, time, note, before, new Signature(signature.epoch(), value));
    }

    /** What is signed. */
    byte[] statement() {
        return CanonicalJson.bytes(members());
    }

    /** The line of the file. */
    String line() {
        var members = members();
        members.put("signature", signature.value());
        return CanonicalJson.text(members);
    }

    private SortedMap<String, Object> members() {
        var members = new TreeMap<String, Object>();
        members.put("before", before.hex());
        members.put("count", extent.count());
        members.put("epoch", (long) signature.epoch());
        members.put("head", extent.head().hex());
        members.put("kind", kind.name().toLowerCase(Locale.ROOT));
        members.put("note", note);
        members.put("root", extent.root().hex());
        members.put("since", extent.since());
        members.put("time", time.toString());
        return members;
    }
}
