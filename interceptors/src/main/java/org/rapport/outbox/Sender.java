package org.rapport.outbox;

/** Hands one item over to whoever receives it. */
public interface Sender {

    /** What came of it. */
    sealed interface Outcome {

        /** The receiver has it. */
        record Sent() implements Outcome {}

        /**
         * The receiver could not take it now.
         *
         * @param why without anything of a patient
         */
        record Failed(String why) implements Outcome {}

        /**
         * It must not or can never be sent.
         *
         * @param why without anything of a patient
         */
        record Refused(String why) implements Outcome {}
    }

    /** Sends it, outside of any transaction and with a time-out shorter than the lease; may come twice for one item. */
    Outcome send(OutboxItem item);

    /** Follows in the transaction that records the outcome; called only by whoever still holds the lease. */
    default void recorded(OutboxItem item, Outcome outcome) {}
}
