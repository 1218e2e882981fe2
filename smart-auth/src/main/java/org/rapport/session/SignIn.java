package org.rapport.session;

import java.time.Instant;

/**
 * The moment a browser was signed in, and what is remembered of it for its owner.
 *
 * @param address the network address it came from; empty when unknown
 * @param device browser and system, such as {@code Firefox, Linux}; empty when unknown
 */
public record SignIn(Instant at, String address, String device) {}
