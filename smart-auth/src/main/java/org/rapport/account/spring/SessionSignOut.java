package org.rapport.account.spring;

import java.util.Optional;
import org.rapport.account.SignOut;
import org.rapport.session.Grants;
import org.springframework.session.FindByIndexNameSessionRepository;

/** Ends browser sessions and grants where they are kept. */
final class SessionSignOut implements SignOut {

    private final FindByIndexNameSessionRepository<?> sessions;
    private final Grants grants;

    SessionSignOut(FindByIndexNameSessionRepository<?> sessions, Grants grants) {
        this.sessions = sessions;
        this.grants = grants;
    }

    @Override
    public void everywhere(String username, Optional<String> keptSession) {
        sessions.findByPrincipalName(username).keySet().stream()
                .filter(id -> keptSession.filter(id::equals).isEmpty())
                .forEach(sessions::deleteById);
        grants.endOf(username);
    }
}
