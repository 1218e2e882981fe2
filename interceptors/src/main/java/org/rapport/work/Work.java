package org.rapport.work;

/**
 * Something that is done in the background, by every instance, step by step until nothing is left.
 *
 * <p>A step leaves everything consistent when the process is killed within it, and does no harm when another instance
 * takes the same step.
 */
public interface Work {

    /** What came of a step, and so when the next one follows. */
    enum Step {
        /** There may be more to do: at once again. */
        MORE,
        /** There is more, held up by a transaction still open: again within milliseconds. */
        SOON,
        /** Nothing is left until somebody calls or the sweep comes. */
        IDLE
    }

    /** What it is called in the log and in thread names, such as subscription-matcher. */
    String name();

    /** The topic of {@link WakeUp} that calls for it. */
    String topic();

    /** How many of its steps may run at the same time in one instance. */
    default int parallel() {
        return 1;
    }

    /**
     * Does what can be done in one go, in seconds at most.
     *
     * <p>When it throws, the same step is taken again after a pause that grows to half a minute.
     */
    Step step();
}
