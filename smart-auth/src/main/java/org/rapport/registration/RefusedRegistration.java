package org.rapport.registration;

/**
 * A registration that was refused, as the developer is told it.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7591#section-3.2.2">RFC 7591, section 3.2.2</a>
 */
public final class RefusedRegistration extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final Reason reason;

    RefusedRegistration(Reason reason, String description) {
        super(description);
        this.reason = reason;
    }

    /** Why. */
    public Reason reason() {
        return reason;
    }

    /** What can be wrong. */
    public enum Reason {
        /** The token is none, spent or expired. */
        INVALID_TOKEN,
        /** A redirect URI is none that a code may be sent to. */
        INVALID_REDIRECT_URI,
        /** Something else in the metadata is wrong. */
        INVALID_CLIENT_METADATA
    }
}
