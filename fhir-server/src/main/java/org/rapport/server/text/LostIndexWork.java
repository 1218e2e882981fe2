package org.rapport.server.text;

import java.util.concurrent.atomic.AtomicBoolean;
import org.hibernate.search.engine.reporting.EntityIndexingFailureContext;
import org.hibernate.search.engine.reporting.FailureContext;
import org.hibernate.search.engine.reporting.FailureHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes that the index lost something: when it cannot be written, Lucene gives up all that was not on the disk yet, also of
 * writes that were answered.
 */
public final class LostIndexWork implements FailureHandler {

    private static final Logger LOG = LoggerFactory.getLogger(LostIndexWork.class);

    private final AtomicBoolean lost = new AtomicBoolean();

    /** Whether something was lost since it was asked the last time. */
    boolean take() {
        return lost.getAndSet(false);
    }

    @Override
    public void handle(FailureContext failure) {
        LOG.error(
                "The free-text index could not be written ({})",
                failure.throwable().getClass().getName());
        lost.set(true);
    }

    @Override
    public void handle(EntityIndexingFailureContext failure) {
        handle((FailureContext) failure);
    }
}
