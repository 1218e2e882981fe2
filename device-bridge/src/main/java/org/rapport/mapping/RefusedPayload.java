package org.rapport.mapping;

/** Ends the reading of a payload where it turns out to be no reading. */
final class RefusedPayload extends RuntimeException {

    private final transient Mapped.Refused refused;

    RefusedPayload(Refusal refusal, String text) {
        super(refusal.code(), null, false, false);
        this.refused = new Mapped.Refused(refusal, text);
    }

    Mapped.Refused refused() {
        return refused;
    }
}
