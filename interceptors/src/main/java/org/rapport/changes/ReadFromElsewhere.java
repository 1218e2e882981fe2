package org.rapport.changes;

/** A consumer has read further than its cluster's transactions go: the database was restored while this server ran. */
final class ReadFromElsewhere extends IllegalStateException {

    private static final long serialVersionUID = 1;

    ReadFromElsewhere() {
        super("The database was restored from a dump, or moved, while this server ran: start the server anew");
    }
}
