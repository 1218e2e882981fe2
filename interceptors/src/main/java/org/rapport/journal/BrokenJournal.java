package org.rapport.journal;

/** A journal that does not hold what was written to it. */
final class BrokenJournal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final long line;

    /** @param line the first that is not as it was */
    BrokenJournal(long line) {
        super("Line " + line + " is not what was written.");
        this.line = line;
    }

    long line() {
        return line;
    }
}
