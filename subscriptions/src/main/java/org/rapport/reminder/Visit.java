package org.rapport.reminder;

import java.time.Instant;
import java.time.ZoneId;

/**
 * A patient's appointment as a reminder sees it.
 *
 * @param appointment logical id
 * @param patient logical id of who is to come
 * @param start when it begins
 * @param zone of the place where it is
 */
public record Visit(String appointment, String patient, Instant start, ZoneId zone) {}
