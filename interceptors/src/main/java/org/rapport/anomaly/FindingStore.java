package org.rapport.anomaly;

import org.rapport.suspicion.Suspicion;

/** Shows a finding as a FHIR resource. */
@FunctionalInterface
public interface FindingStore {

    /**
     * Stores it in the transaction that runs.
     *
     * @return a relative reference, such as {@code Flag/1}
     */
    String store(Suspicion suspicion);
}
