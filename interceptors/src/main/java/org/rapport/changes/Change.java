package org.rapport.changes;

/**
 * A write of a resource.
 *
 * @param type resource type, such as Observation
 * @param id logical id without type and version
 * @param version what the write made, from 1
 * @param kind what was done
 */
public record Change(String type, String id, long version, Kind kind) {

    /** What was done to the resource; the letter is what the change log keeps. */
    public enum Kind {
        /** The resource is new. */
        CREATED('C'),
        /** It has another content, or is back after it was deleted. */
        UPDATED('U'),
        /** It is gone. */
        DELETED('D');

        private final char letter;

        Kind(char letter) {
            this.letter = letter;
        }

        String letter() {
            return String.valueOf(letter);
        }

        static Kind of(String letter) {
            for (Kind kind : values()) {
                if (kind.letter().equals(letter)) {
                    return kind;
                }
            }
            throw new IllegalStateException("The change log knows no kind " + letter + ".");
        }
    }
}
