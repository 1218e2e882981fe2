package org.rapport.masterkey;

import org.jspecify.annotations.Nullable;

/** The server cannot start with this master key; the message tells the operator what to do. */
public final class UnusableMasterKey extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** @param message one sentence for the operator, without a secret */
    public UnusableMasterKey(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
