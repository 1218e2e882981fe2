package org.rapport.factor.signin.spring;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.rapport.factor.SignedInBy;

/** Reads how a browser's session came to be. */
public final class SignedInBySession {

    private SignedInBySession() {}

    /** Empty unless the browser is signed in. */
    public static Optional<SignedInBy> of(HttpServletRequest request) {
        var session = request.getSession(false);
        return session != null && session.getAttribute(SignedInBy.ATTRIBUTE) instanceof SignedInBy by
                ? Optional.of(by)
                : Optional.empty();
    }
}
