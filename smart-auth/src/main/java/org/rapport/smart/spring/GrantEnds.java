package org.rapport.smart.spring;

import org.rapport.account.AccountNotices;
import org.rapport.session.Grants;
import org.rapport.session.Sessions;
import org.rapport.smart.spring.GrantRows.GrantRow;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;

/** Decides when a grant that is held must end, and ends it. */
record GrantEnds(Grants grants, Sessions sessions, AccountNotices notices) {

    private static final String OFFLINE = "offline_access";

    /**
     * Lets a code be exchanged only while its owner is still signed in.
     *
     * @throws OAuth2AuthenticationException {@code invalid_grant}
     */
    void requireSession(GrantRow grant) {
        if (grant.loginSession() != null && !sessions.isAlive(grant.loginSession())) {
            throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_GRANT);
        }
    }

    /**
     * Ends a grant for online access when its login session has ended or timed out.
     *
     * @throws OAuth2AuthenticationException {@code invalid_grant}
     */
    void requireOnline(GrantRow grant) {
        if (grant.scopes().contains(OFFLINE)) {
            return;
        }
        if (grant.loginSession() == null || !sessions.isAlive(grant.loginSession())) {
            end(grant);
            throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_GRANT);
        }
    }

    /** A refresh token of the grant came a second time: its owner is to know. */
    void copied(GrantRow grant) {
        end(grant);
        notices.tell(grant.username(), "refresh-reused");
    }

    /** The grant is over. */
    void end(GrantRow grant) {
        grants.end(grant.id());
    }
}
