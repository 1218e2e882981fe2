package org.rapport.limit;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Lets so many do something at once and so many wait for their turn; whoever comes on top of these is turned away, and so
 * is who has waited for too long. They go in the order in which they came, but of one caller only so many at once, and
 * whoever waits leaves as many seats free as they have, so that neither one nor a few take all.
 */
public final class Bulkhead {

    private final Room each;
    private final Duration patience;
    private final Semaphore places;
    private final Semaphore seats;
    private final Map<String, Guest> guests = new HashMap<>();

    /**
     * How many there is room for.
     *
     * @param atOnce how many work at the same time
     * @param waiting how many wait, besides
     */
    public record Room(int atOnce, int waiting) {

        int all() {
            return atOnce + waiting;
        }
    }

    /** What came of asking for a turn. */
    public enum Turn {
        /** It may begin, and then has to {@link #leave}. */
        BEGUN,
        /** The caller has too many under way already. */
        TOO_MANY_OF_ONE,
        /** There are too many in all, or it waited for too long. */
        FULL
    }

    /**
     * @param everybody room for all callers together
     * @param each room for one of them
     * @param patience how long one waits at most
     */
    public Bulkhead(Room everybody, Room each, Duration patience) {
        this.each = each;
        this.patience = patience;
        this.places = new Semaphore(everybody.atOnce(), true);
        this.seats = new Semaphore(everybody.all());
    }

    /** Asks for a turn for a caller, and waits for it. */
    public Turn enter(String caller) {
        return admit(caller).map(guest -> enter(caller, guest)).orElse(Turn.TOO_MANY_OF_ONE);
    }

    private Turn enter(String caller, Guest guest) {
        boolean seated = seats.tryAcquire();
        if (seated && await(guest)) {
            return Turn.BEGUN;
        }
        if (seated) {
            seats.release();
        }
        dismiss(caller);
        return Turn.FULL;
    }

    /** Makes room for the next. */
    public void leave(String caller) {
        places.release();
        seats.release();
        dismiss(caller).places.release();
    }

    private Optional<Guest> admit(String caller) {
        synchronized (guests) {
            var guest = guests.computeIfAbsent(caller, key -> new Guest(new Semaphore(each.atOnce(), true)));
            boolean crowding = guest.inside >= each.atOnce() && guest.inside > seats.availablePermits();
            if (guest.inside == each.all() || crowding) {
                return Optional.empty();
            }
            guest.inside++;
            return Optional.of(guest);
        }
    }

    private Guest dismiss(String caller) {
        synchronized (guests) {
            var guest = Objects.requireNonNull(guests.get(caller), "Only who has entered leaves.");
            guest.inside--;
            if (guest.inside == 0) {
                guests.remove(caller);
            }
            return guest;
        }
    }

    private boolean await(Guest guest) {
        long end = System.nanoTime() + patience.toNanos();
        if (!acquired(guest.places, end)) {
            return false;
        }
        boolean begun = acquired(places, end);
        if (!begun) {
            guest.places.release();
        }
        return begun;
    }

    private static boolean acquired(Semaphore wanted, long end) {
        try {
            return wanted.tryAcquire(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Who has something under way or waits. */
    private static final class Guest {

        private final Semaphore places;
        private int inside;

        Guest(Semaphore places) {
            this.places = places;
        }
    }
}
