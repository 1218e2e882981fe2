package org.rapport.suspicion;

import java.time.ZoneId;
import java.util.Set;

/**
 * Where suspicion begins.
 *
 * @param patients of how many patients somebody may read within ten minutes
 * @param resources how many resources somebody may read within ten minutes
 * @param unrelated of how many patients without a relation a clinician may read within a day
 * @param trustedClients clients that read much because it is their work
 * @param zone where the hours of the day are those of the house
 */
public record Limits(int patients, int resources, int unrelated, Set<String> trustedClients, ZoneId zone) {

    /** Keeps its own copy of the clients. */
    public Limits {
        trustedClients = Set.copyOf(trustedClients);
    }
}
