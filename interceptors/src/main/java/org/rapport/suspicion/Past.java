package org.rapport.suspicion;

import java.time.Instant;
import java.util.OptionalInt;
import java.util.Set;

/** What somebody did in the thirty days before a moment. */
public interface Past {

    /** The 95th percentile of the numbers of patients a day; empty for fewer than five days on which there were any. */
    OptionalInt patientsADay(String actor, Instant before);

    /** The hours of the day, 0 to 23, in which something was read; empty for fewer than five days on which there was. */
    Set<Integer> hours(String actor, Instant before);

    /** Whether something came about from a network before; true also when nothing at all is known of the actor. */
    boolean knows(String actor, Network network, Instant before);
}
