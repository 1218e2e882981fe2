package org.rapport.session.spring;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rapport.session.SignIn;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.session.Session;

/**
 * A browser session that takes its times from our clock, is not kept alive by background requests, and notices when
 * somebody signs in.
 */
final class TimedSession<S extends Session> implements Session {

    private static final String CONTEXT = HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY;
    private static final String SIGNED_IN_AT = "org.rapport.session.signed-in-at";

    private final S stored;
    private final Clock clock;
    private @Nullable SignIn signIn;
    private boolean replaced;

    TimedSession(S stored, Clock clock) {
        this.stored = stored;
        this.clock = clock;
    }

    S stored() {
        return stored;
    }

    /** When somebody signed in; the start of the session before that. */
    Instant begin() {
        Instant signedInAt = stored.getAttribute(SIGNED_IN_AT);
        return signedInAt == null ? stored.getCreationTime() : signedInAt;
    }

    /** The sign-in that happened since the session was read; empty from then on. */
    Optional<SignIn> takeSignIn() {
        var before = Optional.ofNullable(signIn);
        signIn = null;
        return before;
    }

    /** Whether somebody else had been signed in with this session; false from then on. */
    boolean takeReplaced() {
        var before = replaced;
        replaced = false;
        return before;
    }

    @Override
    public void setAttribute(String name, @Nullable Object value) {
        if (name.equals(CONTEXT)) {
            var after = person(value);
            var before = person(stored.getAttribute(CONTEXT));
            if (after.isPresent() && !after.equals(before)) {
                signIn = BrowserRequest.signIn(clock.instant());
                replaced = before.isPresent();
                stored.setAttribute(SIGNED_IN_AT, signIn.at());
            }
        }
        stored.setAttribute(name, value);
    }

    private static Optional<String> person(@Nullable Object context) {
        return Optional.ofNullable(context)
                .filter(SecurityContext.class::isInstance)
                .map(held -> ((SecurityContext) held).getAuthentication())
                .filter(who -> who.isAuthenticated() && !(who instanceof AnonymousAuthenticationToken))
                .map(Authentication::getName);
    }

    @Override
    public void setLastAccessedTime(Instant machineTime) {
        if (!BrowserRequest.isBackground()) {
            stored.setLastAccessedTime(clock.instant());
        }
    }

    @Override
    public boolean isExpired() {
        return stored.isExpired()
                || !getLastAccessedTime().plus(getMaxInactiveInterval()).isAfter(clock.instant());
    }

    @Override
    public String getId() {
        return stored.getId();
    }

    @Override
    public String changeSessionId() {
        return stored.changeSessionId();
    }

    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals") // the interface has it so
    public <T> @Nullable T getAttribute(String name) {
        return stored.getAttribute(name);
    }

    @Override
    public Set<String> getAttributeNames() {
        return stored.getAttributeNames();
    }

    @Override
    public void removeAttribute(String name) {
        stored.removeAttribute(name);
    }

    @Override
    public Instant getCreationTime() {
        return stored.getCreationTime();
    }

    @Override
    public Instant getLastAccessedTime() {
        return stored.getLastAccessedTime();
    }

    @Override
    public void setMaxInactiveInterval(Duration interval) {
        stored.setMaxInactiveInterval(interval);
    }

    @Override
    public Duration getMaxInactiveInterval() {
        return stored.getMaxInactiveInterval();
    }
}
