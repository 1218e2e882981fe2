package org.rapport.server;

/** Says in one sentence why Rapport cannot start and what to do about it. */
public final class StartFailure extends RuntimeException {

    /**
     * @param sentence what was expected, what came and what to set, in one sentence for the operator
     */
    public StartFailure(String sentence) {
        super(sentence);
    }

    /**
     * @param sentence what was expected, what came and what to set, in one sentence for the operator
     * @param cause what was met, for the log only
     */
    public StartFailure(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
