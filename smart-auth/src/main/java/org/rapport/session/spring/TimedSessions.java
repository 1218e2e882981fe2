package org.rapport.session.spring;

import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.rapport.session.SessionLimits;
import org.rapport.session.SignIn;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;

/**
 * Browser sessions that end when their time is up, and take what lives on them with them, however they end.
 *
 * <p>Spring Session knows an idle time only; it takes the machine's time and counts every request.
 */
final class TimedSessions<S extends Session> implements SessionRepository<TimedSession<S>> {

    private final SessionRepository<S> store;
    private final SessionLimits limits;
    private final Ending ending;
    private final Clock clock;

    TimedSessions(SessionRepository<S> store, SessionLimits limits, Ending ending, Clock clock) {
        this.store = store;
        this.limits = limits;
        this.ending = ending;
        this.clock = clock;
    }

    /** What else is to be done when somebody signs in or a session ends; a session is named by its cookie. */
    interface Ending {

        /** Somebody signed in with a session that is stored. */
        void signedIn(String cookie, SignIn signIn);

        /** Somebody else signs in with a session. */
        void replaced(String cookie);

        /** A session ends: it and what lives on it are to go. */
        void ended(String cookie);
    }

    @Override
    public TimedSession<S> createSession() {
        return new TimedSession<>(store.createSession(), clock);
    }

    @Override
    public void save(TimedSession<S> session) {
        var cookie = session.getId();
        store.save(session.stored());
        if (session.takeReplaced()) {
            ending.replaced(cookie);
        }
        session.takeSignIn().ifPresent(signIn -> ending.signedIn(cookie, signIn));
    }

    @Override
    public @Nullable TimedSession<S> findById(String cookie) {
        S stored = store.findById(cookie);
        if (stored == null) {
            return null;
        }
        var session = new TimedSession<>(stored, clock);
        boolean over = !session.begin().plus(limits.absolute()).isAfter(clock.instant());
        if (over || session.isExpired()) {
            deleteById(cookie);
            return null;
        }
        return session;
    }

    @Override
    public void deleteById(String cookie) {
        ending.ended(cookie);
        store.deleteById(cookie);
    }
}
