package org.rapport.revocation;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Nobody can tell now which grants are revoked, so none may be taken for good. */
public final class RevocationsUnknown extends RuntimeException {

    private static final long serialVersionUID = 1;

    private RevocationsUnknown(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    static RevocationsUnknown because(Optional<Throwable> cause) {
        return new RevocationsUnknown("The revoked grants cannot be read within a second.", cause.orElse(null));
    }
}
