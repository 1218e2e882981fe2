package org.rapport.session.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rapport.session.SessionLimits;
import org.rapport.session.SignIn;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.session.MapSession;
import org.springframework.session.MapSessionRepository;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

class TimedSessionsTest {

    private static final Duration IDLE = Duration.ofMinutes(15);
    private static final Duration ABSOLUTE = Duration.ofHours(12);

    /** Starts at the machine's time, as the sessions of Spring begin at it. */
    private Instant now = Clock.systemUTC().instant();

    private final List<String> events = new ArrayList<>();
    private final TimedSessions<MapSession> sessions = new TimedSessions<>(
            new MapSessionRepository(new ConcurrentHashMap<>()),
            new SessionLimits(IDLE, ABSOLUTE),
            recorder(),
            clock());

    @AfterEach
    void noRequest() {
        RequestContextHolder.resetRequestAttributes();
    }

    private TimedSessions.Ending recorder() {
        return new TimedSessions.Ending() {
            @Override
            public void signedIn(String cookie, SignIn signIn) {
                events.add("signed in from " + signIn.address() + " with " + signIn.device());
            }

            @Override
            public void replaced(String cookie) {
                events.add("replaced");
            }

            @Override
            public void ended(String cookie) {
                events.add("ended");
            }
        };
    }

    private Clock clock() {
        return new Clock() {
            @Override
            public Instant instant() {
                return now;
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        };
    }

    private static void request(String path, String header, String value) {
        var request = new MockHttpServletRequest("GET", path);
        request.addHeader(header, value);
        RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(request));
    }

    private static SecurityContextImpl person(String name) {
        return new SecurityContextImpl(UsernamePasswordAuthenticationToken.authenticated(name, null, List.of()));
    }

    private String signedIn(String name) {
        var session = sessions.createSession();
        session.setMaxInactiveInterval(IDLE);
        session.setLastAccessedTime(now);
        session.setAttribute("SPRING_SECURITY_CONTEXT", person(name));
        sessions.save(session);
        return session.getId();
    }

    private boolean use(String cookie) {
        var session = sessions.findById(cookie);
        if (session == null) {
            return false;
        }
        session.setLastAccessedTime(Instant.EPOCH);
        sessions.save(session);
        return true;
    }

    @Test
    @DisplayName("MF-003: a session ends after 15 minutes without use, and not a moment before")
    void endAfterFifteenIdleMinutes() {
        var cookie = signedIn("alice");
        now = now.plus(IDLE).minusMillis(1);
        assertThat(use(cookie)).isTrue();
        now = now.plus(IDLE);

        assertThat(use(cookie)).isFalse();
        assertThat(events).containsExactly("signed in from  with ", "ended");
    }

    @ParameterizedTest(name = "{0} with {1}: {2}")
    @DisplayName("MF-003: background polling does not extend a session")
    @CsvSource({
        "/account, Rapport-Background, 1",
        "/account, Sec-Fetch-Dest, empty",
        "/oauth2/authorize, Sec-Fetch-Dest, iframe",
        "/account, Sec-Purpose, prefetch",
        "/assets/rapport.css, Sec-Fetch-Dest, style",
        "/assets/rapport.css, Accept, text/css",
        "/oauth2/token, Accept, application/json",
    })
    void areNotExtendedByBackgroundRequests(String path, String header, String value) {
        var cookie = signedIn("alice");
        request(path, header, value);
        now = now.plus(IDLE).minusMillis(1);
        assertThat(use(cookie)).isTrue();
        now = now.plusMillis(1);

        assertThat(use(cookie)).isFalse();
    }

    @ParameterizedTest(name = "{0} with {1}: {2}")
    @CsvSource({"/account, Sec-Fetch-Dest, document", "/account, Accept, text/html"})
    void areExtendedByOpeningAPage(String path, String header, String value) {
        var cookie = signedIn("alice");
        request(path, header, value);
        now = now.plus(IDLE).minusMillis(1);
        assertThat(use(cookie)).isTrue();
        now = now.plusMillis(1);

        assertThat(use(cookie)).isTrue();
    }

    @Test
    void endTwelveHoursAfterTheSignInHoweverBusy() {
        var cookie = signedIn("alice");
        var end = now.plus(ABSOLUTE);
        while (now.plus(Duration.ofMinutes(10)).isBefore(end)) {
            now = now.plus(Duration.ofMinutes(10));
            assertThat(use(cookie)).isTrue();
        }
        now = end.minusMillis(1);
        assertThat(use(cookie)).isTrue();
        now = end;

        assertThat(use(cookie)).isFalse();
        assertThat(events).last().isEqualTo("ended");
    }

    @Test
    void rememberWhereSomebodySignedIn() {
        request("/login", "User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0");
        signedIn("alice");

        assertThat(events).containsExactly("signed in from 127.0.0.1 with Firefox, Linux");
    }

    @Test
    void takeTheGrantsOfWhomeverWasSignedInBefore() {
        var cookie = signedIn("alice");
        var session = Objects.requireNonNull(sessions.findById(cookie));
        session.setAttribute("SPRING_SECURITY_CONTEXT", person("alice"));
        session.setAttribute("SPRING_SECURITY_CONTEXT", person("bob"));
        sessions.save(session);

        assertThat(events).containsExactly("signed in from  with ", "replaced", "signed in from  with ");
    }
}
