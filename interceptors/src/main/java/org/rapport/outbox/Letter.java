package org.rapport.outbox;

import java.time.Instant;
import java.util.Optional;

/**
 * Something to be put into an outbox.
 *
 * @param key makes it unique among its kind: what is there already under this key stays as it is; at most 200 characters
 * @param lane what shares a lane goes out in the order it was put in, one after the other; at most 100 characters
 * @param payload what the sender needs to know
 * @param due not before this moment
 */
public record Letter(String key, Optional<String> lane, String payload, Instant due) {}
