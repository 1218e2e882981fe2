package org.rapport.suspicion;

/** How practitioners and patients are related. */
public interface People {

    /** Whether a practitioner, such as {@code Practitioner/dr-adams}, has to do with the care of a patient now. */
    boolean treats(String practitioner, String patient);

    /** Whether both are the same person, or share family name and home. */
    boolean areClose(String practitioner, String patient);
}
