package org.rapport.consent;

/** What a rule does to the uses it is about. */
public enum Effect {
    /** It allows them. */
    PERMIT,
    /** It forbids them. */
    DENY
}
