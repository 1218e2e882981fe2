package org.rapport.revocation;

/** Nobody can tell now which grants are revoked, so none may be taken for good. */
public final class RevocationsUnknown extends RuntimeException {

    private static final long serialVersionUID = 1;

    RevocationsUnknown(String message) {
        super(message);
    }

    RevocationsUnknown(String message, Throwable cause) {
        super(message, cause);
    }
}
