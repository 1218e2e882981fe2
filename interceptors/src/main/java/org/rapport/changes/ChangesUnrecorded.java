package org.rapport.changes;

/** The log of changes or the audit log takes no row, so what it would tell of must not happen. */
public final class ChangesUnrecorded extends RuntimeException {

    private static final long serialVersionUID = 1;

    /**
     * @param refusal of the database
     */
    public ChangesUnrecorded(Throwable refusal) {
        super("What was changed cannot be recorded.", refusal);
    }
}
