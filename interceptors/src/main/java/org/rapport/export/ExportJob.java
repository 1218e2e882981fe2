package org.rapport.export;

import java.time.Instant;
import java.util.UUID;

/**
 * An export, leased for one step.
 *
 * @param id its place
 * @param lease whose turn it is: what is written counts only while it is held
 * @param order what is asked for
 * @param requester in whose name
 * @param until nothing that was changed after this moment is in it
 * @param progress how far it has come
 */
public record ExportJob(UUID id, UUID lease, ExportOrder order, Requester requester, Instant until, Progress progress) {

    /**
     * How far an export has come.
     *
     * @param begun whether it is known whose records it is about
     * @param bytes how much of it there is, as NDJSON
     * @param attempts which try of the present step it is, from 1
     */
    public record Progress(boolean begun, long bytes, int attempts) {}
}
