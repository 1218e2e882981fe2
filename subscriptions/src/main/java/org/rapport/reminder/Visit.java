package org.rapport.reminder;

import java.time.Instant;
import java.time.ZoneId;

/**
 * An appointment as a reminder sees it.
 *
 * @param appointment logical id
 * @param start when it begins
 * @param zone of the place where it is
 */
public record Visit(String appointment, Instant start, ZoneId zone) {}
