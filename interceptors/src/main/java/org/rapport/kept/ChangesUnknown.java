package org.rapport.kept;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Nobody can tell now whether what is kept is still true. */
public final class ChangesUnknown extends RuntimeException {

    private static final long serialVersionUID = 1;

    private ChangesUnknown(@Nullable Throwable cause) {
        super("Whether something has changed cannot be read.", cause);
    }

    static ChangesUnknown because(Optional<Throwable> cause) {
        return new ChangesUnknown(cause.orElse(null));
    }
}
