package org.rapport.export;

import org.rapport.failure.Failure;

/** Says why an export cannot be made; what it holds is what the caller is told. */
public final class ExportRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    /** A refusal with its answer. */
    public ExportRefused(Failure failure) {
        super(failure.diagnostics(), null, false, false);
        this.failure = failure;
    }

    /** What to answer. */
    public Failure failure() {
        return failure;
    }

    /** A parameter that is not understood. */
    static ExportRefused invalid(String diagnostics) {
        return new ExportRefused(Failure.invalid(diagnostics));
    }

    /** More than this server makes. */
    public static ExportRefused tooLarge() {
        return new ExportRefused(
                Failure.of(400, "too-costly", "The export is too large; narrow it by _type, _since or patient"));
    }
}
