package org.rapport.verification;

import java.time.Instant;

/**
 * Where the chain goes on after a restore that somebody has stated.
 *
 * @param after the last place that was checked before and after
 * @param lost the last place that was known before
 * @param time when it was stated
 * @param note by whom, and why
 */
public record Seam(long after, long lost, Instant time, String note) {}
