package org.rapport.consent;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Nobody can tell now what patients have consented to, so nothing may be let out. */
public final class ConsentsUnknown extends RuntimeException {

    private static final long serialVersionUID = 1;

    private ConsentsUnknown(@Nullable Throwable cause) {
        super("What patients have consented to cannot be read.", cause);
    }

    static ConsentsUnknown because(Optional<Throwable> cause) {
        return new ConsentsUnknown(cause.orElse(null));
    }
}
