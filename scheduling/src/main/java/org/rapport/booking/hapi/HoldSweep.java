package org.rapport.booking.hapi;

import java.util.Optional;
import org.rapport.booking.ActiveBookings;
import org.rapport.work.Work;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Cancels the holds that have run out, and frees their slots.
 *
 * @param bookings cancels one
 * @param claims knows them
 * @param transaction runs each by itself, so that one that fails keeps no other
 */
record HoldSweep(Bookings bookings, ActiveBookings claims, TransactionOperations transaction) implements Work {

    private static final int BATCH = 50;

    @Override
    public String name() {
        return "hold-sweep";
    }

    /** Nobody calls: time passes by itself. */
    @Override
    public String topic() {
        return "holds";
    }

    @Override
    public Step step() {
        sweep().ifPresent(failure -> {
            throw failure;
        });
        return Step.IDLE;
    }

    /**
     * Goes once through those that have run out.
     *
     * @return the first failure; that hold is tried again the next time
     */
    Optional<RuntimeException> sweep() {
        Optional<RuntimeException> first = Optional.empty();
        for (var appointment : claims.expired(BATCH)) {
            try {
                transaction.executeWithoutResult(status -> bookings.expire(appointment));
            } catch (RuntimeException e) {
                first = first.or(() -> Optional.of(e));
            }
        }
        return first;
    }
}
