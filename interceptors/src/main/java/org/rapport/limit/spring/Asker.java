package org.rapport.limit.spring;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.rapport.access.Caller;

/** Tells whose request it is. */
final class Asker {

    private Asker() {}

    /** Whoever has a token; the open documents need none. */
    static Optional<Caller> caller(HttpServletRequest request) {
        return request.getAttribute(Caller.class.getName()) instanceof Caller caller
                ? Optional.of(caller)
                : Optional.empty();
    }

    /** What tells one asker from another: a user, a client that acts by itself, or an address. */
    static String key(HttpServletRequest request) {
        return caller(request)
                .map(caller -> caller.actsAlone() ? "client " + caller.clientId() : "user " + caller.subject())
                .orElseGet(() -> "address " + request.getRemoteAddr());
    }
}
