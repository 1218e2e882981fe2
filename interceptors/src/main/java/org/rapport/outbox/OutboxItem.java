package org.rapport.outbox;

import java.util.UUID;

/**
 * Something to be sent, leased to one worker.
 *
 * @param id number in the outbox
 * @param key what makes it unique among its kind; a receiver can tell a repetition by it
 * @param payload what the sender needs to know, in a form of its own
 * @param attempt 1 at the first try
 * @param left whether it has left already: then only what follows from it is still to be written
 * @param lease whose turn it is: an outcome is recorded only under the lease that is still held
 */
public record OutboxItem(long id, String key, String payload, int attempt, boolean left, UUID lease) {}
