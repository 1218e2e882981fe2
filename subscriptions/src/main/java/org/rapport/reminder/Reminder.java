package org.rapport.reminder;

import java.time.Duration;
import java.time.Instant;

/**
 * One reminder of one appointment at one time: when the appointment moves, it is another reminder.
 *
 * @param appointment logical id
 * @param start when the appointment begins
 * @param lead how long before it the reminder is meant
 * @param due when it goes out
 */
public record Reminder(String appointment, Instant start, Duration lead, Instant due) {

    /** What makes it unique. */
    public String key() {
        return "reminder/" + appointment + "/" + start + "/" + lead;
    }
}
