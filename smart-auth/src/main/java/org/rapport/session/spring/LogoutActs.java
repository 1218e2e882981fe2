package org.rapport.session.spring;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.rapport.session.Grants;
import org.rapport.session.Sessions;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.authentication.logout.SecurityContextLogoutHandler;

/** Signs people out of this browser, or out of the one that an ID token was made in. */
final class LogoutActs {

    private final Sessions sessions;
    private final Grants grants;
    private final SignOut audit;

    LogoutActs(Sessions sessions, Grants grants, SignOut audit) {
        this.sessions = sessions;
        this.grants = grants;
        this.audit = audit;
    }

    /** Ends this browser's session. */
    void end(HttpServletRequest request, HttpServletResponse response, String username, String client) {
        new SecurityContextLogoutHandler()
                .logout(request, response, SecurityContextHolder.getContext().getAuthentication());
        audit.record(username, client);
    }

    /**
     * Ends the grant of an ID token with the session it was given in, and this browser's session if it is the same
     * person's: a form of another site comes without our cookie.
     */
    void end(HttpServletRequest request, HttpServletResponse response, IdTokenHints.Hint hint) {
        grants.ofIdToken(hint.hash()).ifPresent(grant -> {
            grants.end(grant.id());
            sessions.end(hint.username(), grant.sessionId());
        });
        var here = request.getUserPrincipal();
        if (here != null && here.getName().equals(hint.username())) {
            end(request, response, hint.username(), hint.clientId());
        } else {
            audit.record(hint.username(), hint.clientId());
        }
    }
}
