package org.rapport.server.cli;

/** Says in one sentence why a command did not do what it was asked. */
public final class CommandFailure extends RuntimeException {

    /**
     * @param sentence what was expected, what came and what to do
     */
    public CommandFailure(String sentence) {
        super(sentence);
    }

    /**
     * @param sentence what was expected, what came and what to do
     * @param cause what was met
     */
    public CommandFailure(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
