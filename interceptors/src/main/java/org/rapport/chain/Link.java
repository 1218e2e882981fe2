package org.rapport.chain;

import java.nio.ByteBuffer;
import java.time.Instant;

/**
 * A row of the chain.
 *
 * @param index its place, from 1, without a gap
 * @param number of the row of the audit log that it holds
 * @param recorded when that row was written
 * @param epoch of the key that it is made with
 * @param previous the {@code row} of the link before it
 * @param payload the hash of the row of the log
 * @param row the hash of the three: the HMAC-SHA256 of previous, payload and index
 */
public record Link(long index, long number, Instant recorded, int epoch, Hash previous, Hash payload, Hash row) {

    /** The link of a row of the log after another link. */
    static Link of(LogRow log, long index, Hash previous, ChainKeys.Epoch key) {
        return new Link(
                index,
                log.number(),
                log.recorded(),
                key.number(),
                previous,
                log.payload(),
                hash(key, previous, log.payload(), index));
    }

    /** What the hash of a link must be. */
    public static Hash hash(ChainKeys.Epoch key, Hash previous, Hash payload, long index) {
        return Hash.hmac(
                key.chainKey(),
                previous.bytes(),
                payload.bytes(),
                ByteBuffer.allocate(Long.BYTES).putLong(index).array());
    }
}
