package org.rapport.booking;

import org.rapport.failure.Failure;

/** Says why a time cannot be booked, or an appointment not changed; what it holds is what the caller is told. */
public final class BookingRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Somebody else has the time; nothing is said of whom. */
    public static final Failure TAKEN = Failure.of(409, "conflict", "That time is taken");

    private final transient Failure failure;

    /** A refusal with its answer. */
    public BookingRefused(Failure failure) {
        super(failure.diagnostics(), null, false, false);
        this.failure = failure;
    }

    /** What to answer. */
    public Failure failure() {
        return failure;
    }

    /** A rule that the request breaks. */
    static BookingRefused rule(String diagnostics) {
        return new BookingRefused(Failure.of(422, "processing", diagnostics));
    }
}
