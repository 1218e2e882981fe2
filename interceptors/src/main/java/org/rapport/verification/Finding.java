package org.rapport.verification;

/**
 * Something in the audit log that is not as it was written.
 *
 * @param kind what is wrong
 * @param from the first place in the chain that it concerns; for {@link Kind#UNCHAINED} numbers of rows of the log
 * @param to the last
 */
public record Finding(Kind kind, long from, long to) {

    /** What can be wrong. */
    public enum Kind {
        /** A row of the log does not hold what it held when it was chained. */
        ROW_CHANGED("the rows of the log are not what was chained"),
        /** A row of the log that was chained is gone. */
        ROW_MISSING("the rows of the log are gone"),
        /** A row of the chain was changed, moved, or made without the key. */
        LINK_CHANGED("the rows of the chain were changed or made without the key"),
        /** Rows of the chain are gone. */
        GAP("the rows of the chain are gone"),
        /** A row says that it was recorded long before rows that precede it. */
        BACK_DATED("the rows say they were recorded long before those that precede them"),
        /** A row of the log is not in the chain, although later ones are. */
        UNCHAINED("the rows of the log were put in without being chained"),
        /** The keys of its epoch are gone, or were encrypted under another master key. */
        KEY_UNKNOWN("the keys of the rows cannot be opened"),
        /** The chain ends before what a checkpoint says. */
        TRUNCATED("checkpoints speak of these rows, and the chain ends before them"),
        /** The chain is another than the one that a checkpoint speaks of. */
        CHECKPOINT_DIFFERS("a checkpoint says something else of the rows up to here"),
        /** A checkpoint was not signed by this server, or lines of its file were changed or removed. */
        CHECKPOINT_FORGED("the checkpoint was not signed by this server, or the line before it is not the one it was");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    /** Whether another finding is of the same kind and follows at once. */
    boolean isFollowedBy(Finding next) {
        return kind == next.kind && next.from <= to + 1 && next.to >= from;
    }

    /** The two as one. */
    Finding with(Finding next) {
        return new Finding(kind, Math.min(from, next.from), Math.max(to, next.to));
    }

    /** What is wrong, in a sentence. */
    public String text() {
        var rows = kind == Kind.UNCHAINED ? "Rows number " : "Place ";
        return rows + (from == to ? Long.toString(from) : from + " to " + to) + ": " + kind.words + ".";
    }
}
