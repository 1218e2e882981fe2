package org.rapport.account.spring;

import jakarta.servlet.http.HttpServletRequest;
import org.rapport.audit.Agent;

/** Tells who stands behind a request to a page. */
public final class Visitor {

    private Visitor() {}

    /** The person who is signed in, else whoever has the address. */
    public static Agent of(HttpServletRequest request) {
        var principal = request.getUserPrincipal();
        return principal == null
                ? Agent.unknown(request.getRemoteAddr())
                : Agent.signedIn(principal.getName(), request.getRemoteAddr());
    }
}
