package org.rapport.session;

import java.time.Instant;

/**
 * A browser that somebody is signed in with.
 *
 * @param id names the session to its owner and to administrators; opens nothing
 * @param device browser and system, such as {@code Firefox, Linux}; empty when unknown
 * @param address the network address it was signed in from; empty when unknown
 */
public record LoginSession(
        String id, String username, String device, String address, Instant signedInAt, Instant lastSeen) {}
