package org.rapport.launch;

/** Tells whether a resource may stand beside a patient in a launch context. */
@FunctionalInterface
public interface PatientResources {

    /**
     * Whether the resource is stored here and belongs to this patient's record alone, or to nobody's.
     *
     * @param reference relative, such as {@code Encounter/17}
     * @param patient logical id
     */
    boolean belong(String reference, String patient);
}
