package org.rapport.breakglass;

import java.util.Optional;

/**
 * Why somebody opens the record of a patient in an emergency.
 *
 * @param patient logical id
 * @param explanation in words, 10 to 500 characters
 */
public record Declaration(String patient, Reason reason, String explanation) {

    private static final int SHORTEST = 10;
    private static final int LONGEST = 500;

    /** What a form says; empty when it names no reason, or explains too little or too much. */
    public static Optional<Declaration> of(String patient, String reason, String explanation) {
        var words = explanation.strip();
        int length = words.codePointCount(0, words.length());
        return Reason.ofCode(reason)
                .filter(known -> length >= SHORTEST && length <= LONGEST)
                .map(known -> new Declaration(patient, known, words));
    }

    /** The same about a patient. */
    public Declaration about(String id) {
        return new Declaration(id, reason, explanation);
    }

    /** The reason without what concerns the patient. */
    @Override
    public String toString() {
        return "Declaration[" + reason + "]";
    }
}
