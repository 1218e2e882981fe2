package org.rapport.session.spring;

import java.util.Optional;
import org.rapport.audit.Agent;
import org.rapport.audit.SecurityEvent;
import org.rapport.audit.SecurityEvent.Kind;
import org.rapport.audit.SecurityLog;
import org.springframework.context.ApplicationListener;
import org.springframework.security.authentication.event.LogoutSuccessEvent;

/** Leaves an audit row of each sign-out. */
record SignOut(SecurityLog log) implements ApplicationListener<LogoutSuccessEvent> {

    @Override
    public void onApplicationEvent(LogoutSuccessEvent event) {
        record(event.getAuthentication().getName(), "");
    }

    /** Somebody signed out; the detail names the application that asked for it, if one did. */
    void record(String username, String client) {
        log.record(SecurityEvent.succeeded(
                Kind.SIGN_OUT,
                new Agent(
                        Optional.of(username),
                        Optional.of(client).filter(name -> !name.isEmpty()),
                        Optional.empty(),
                        Optional.of(BrowserRequest.address())),
                username,
                client.isEmpty() ? "own" : "by-application"));
    }
}
