package org.rapport.mapping;

/** What became of a payload. */
public sealed interface Mapped {

    /**
     * It is a reading.
     *
     * @param reading what it says
     */
    record Understood(Reading reading) implements Mapped {}

    /**
     * It can never become an Observation as it is.
     *
     * @param refusal why
     * @param text what was expected and what to do, for the maker of the device; nothing of a patient
     */
    record Refused(Refusal refusal, String text) implements Mapped {}
}
