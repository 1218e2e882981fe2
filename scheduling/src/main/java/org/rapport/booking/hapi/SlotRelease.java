package org.rapport.booking.hapi;

import java.util.List;
import java.util.function.Consumer;
import org.rapport.changes.ChangeFeed;

/**
 * Gives back the time of visits that were called off past {@code $cancel}: by the link in a message, or by a client that
 * wrote the Appointment itself.
 *
 * @param bookings frees the slots
 */
record SlotRelease(Bookings bookings) implements Consumer<List<ChangeFeed.Entry>> {

    @Override
    public void accept(List<ChangeFeed.Entry> page) {
        var appointments = page.stream()
                .map(ChangeFeed.Entry::change)
                .filter(change -> change.type().equals("Appointment"))
                .map(change -> change.id())
                .distinct()
                .toList();
        if (!appointments.isEmpty()) {
            bookings.release(appointments);
        }
    }
}
