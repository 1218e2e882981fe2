package org.rapport.device.inbox;

import org.rapport.mapping.Mapped;

/** Makes an Observation of a message, in the transaction that runs. */
@FunctionalInterface
public interface Projection {

    /** What came of it. */
    sealed interface Outcome {

        /**
         * It is an Observation.
         *
         * @param observationId its logical id
         */
        record Stored(String observationId) implements Outcome {}

        /** Nobody is known to have used the device at that time. */
        record Unmatched() implements Outcome {}

        /**
         * It can never become one.
         *
         * @param refused why
         */
        record Refused(Mapped.Refused refused) implements Outcome {}
    }

    /** Stores it, or says why not; when it throws, nothing of it stays. */
    Outcome project(InboxRow row);
}
