package org.rapport.authorize.spring;

import java.util.regex.Pattern;
import org.rapport.audit.Agent;
import org.rapport.audit.SecurityEvent;
import org.rapport.audit.SecurityEvent.Kind;
import org.rapport.audit.SecurityLog;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/** Writes down what applications were allowed and what they were refused. */
public final class AuthorizationAudit {

    private static final Pattern CLIENT_ID = Pattern.compile("[A-Za-z0-9._-]{1,100}");

    private final SecurityLog log;

    AuthorizationAudit(SecurityLog log) {
        this.log = log;
    }

    /** An application was allowed something. */
    void granted(Authentication request, String username, String clientId, String how) {
        log.record(SecurityEvent.succeeded(
                Kind.AUTHORIZATION_GRANTED, Agent.signedIn(username, address(request)), clientId, how));
    }

    /**
     * An application was refused.
     *
     * @param clientId as it was sent; written down only when a client could be called so
     * @param error the OAuth error
     */
    public void refused(Agent agent, String clientId, String error) {
        log.record(SecurityEvent.failed(
                Kind.AUTHORIZATION_REFUSED, agent, CLIENT_ID.matcher(clientId).matches() ? clientId : "", error));
    }

    private static String address(Authentication request) {
        return request.getDetails() instanceof WebAuthenticationDetails web ? web.getRemoteAddress() : "";
    }
}
