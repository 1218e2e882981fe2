package org.rapport.reminder;

import java.time.Duration;
import java.time.Instant;

/**
 * One reminder of one patient's appointment at one time: when the appointment moves or changes hands, it is another.
 *
 * @param appointment logical id
 * @param patient logical id of who is reminded
 * @param start when the appointment begins
 * @param lead how long before it the reminder is meant
 * @param due when it goes out
 */
public record Reminder(String appointment, String patient, Instant start, Duration lead, Instant due) {

    /** What makes it unique. */
    public String key() {
        return "reminder/" + appointment + "/" + patient + "/" + start + "/" + lead;
    }
}
