package org.rapport.factor.signin.spring;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import org.rapport.account.Account;
import org.rapport.account.Accounts;
import org.rapport.account.spring.FirstProof;
import org.rapport.account.spring.PageSecurity;
import org.rapport.audit.Agent;
import org.rapport.audit.SecurityEvent;
import org.rapport.audit.SecurityLog;
import org.rapport.factor.Factors;
import org.rapport.factor.PendingSignIn;
import org.rapport.factor.SignedInBy;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.csrf.HttpSessionCsrfTokenRepository;

/**
 * Signs people in: after the first proof at once, or only after a factor where the account has or must have one.
 *
 * <p>In between the browser holds a {@link PendingSignIn} and no security context. The session's id changes at each step
 * of the sign-in and at each step-up, and with it the token of its forms.
 */
public final class SignIn implements FirstProof {

    /** Where the second step is taken. */
    public static final String FACTOR_PAGE = "/login/factor";
    /** Where the first factor is added. */
    public static final String ENROLMENT_PAGE = "/login/enrol";

    /** Where people manage their factors. */
    public static final String FACTORS_PAGE = "/account/factors";

    private final Factors factors;
    private final Accounts accounts;
    private final SecurityLog log;
    private final Clock clock;

    public SignIn(Factors factors, Accounts accounts, SecurityLog log, Clock clock) {
        this.factors = factors;
        this.accounts = accounts;
        this.log = log;
        this.clock = clock;
    }

    @Override
    public void given(HttpServletRequest request, HttpServletResponse response, Account account, String method) {
        boolean has = factors.has(account.username());
        if (has || Factors.areDemandedOf(account)) {
            var next = has ? FACTOR_PAGE : ENROLMENT_PAGE;
            pend(request, response, new PendingSignIn(account.username(), Set.of(method), clock.instant()), next);
            PageSecurity.seeOther(response, next);
        } else {
            complete(request, response, account, Set.of(method));
            PageSecurity.seeOther(response, WantedPage.take(request, response));
        }
    }

    @Override
    public void givenWithFactor(
            HttpServletRequest request, HttpServletResponse response, Account account, String method) {
        complete(request, response, account, Set.of(method, SignedInBy.SEVERAL_FACTORS));
        PageSecurity.seeOther(response, WantedPage.take(request, response));
    }

    /** The sign-in that waits for a factor in this browser; empty when there is none or it waited for too long. */
    public Optional<PendingSignIn> pending(HttpServletRequest request) {
        var session = request.getSession(false);
        if (session == null || !(session.getAttribute(PendingSignIn.ATTRIBUTE) instanceof PendingSignIn pending)) {
            return Optional.empty();
        }
        if (pending.isAlive(clock)) {
            return Optional.of(pending);
        }
        session.removeAttribute(PendingSignIn.ATTRIBUTE);
        session.removeAttribute(PageSecurity.NEXT_STEP);
        return Optional.empty();
    }

    /** Signs in whoever has given the factor, and goes where they wanted to. */
    public void finish(HttpServletRequest request, HttpServletResponse response, PendingSignIn pending, String method) {
        PageSecurity.seeOther(
                response, enter(request, response, pending, method).orElse("/login"));
    }

    /** Signs in whoever has used a passkey, which is the device and its owner's PIN or finger. */
    public void byPasskey(HttpServletRequest request, HttpServletResponse response, Account account) {
        complete(request, response, account, Set.of(SignedInBy.HARDWARE_KEY));
        PageSecurity.seeOther(response, WantedPage.take(request, response));
    }

    /**
     * Signs in whoever has given the factor.
     *
     * @return the page they wanted; empty when the account was disabled meanwhile
     */
    public Optional<String> enter(
            HttpServletRequest request, HttpServletResponse response, PendingSignIn pending, String method) {
        var account = accounts.find(pending.username()).filter(Account::enabled);
        account.ifPresent(person -> complete(request, response, person, pending.with(method)));
        return account.map(person -> WantedPage.take(request, response));
    }

    private void complete(
            HttpServletRequest request, HttpServletResponse response, Account account, Set<String> methods) {
        var session = request.getSession();
        session.removeAttribute(PendingSignIn.ATTRIBUTE);
        session.removeAttribute(PageSecurity.NEXT_STEP);
        signedIn(request, response, account, SignedInBy.now(methods, clock));
        log.record(SecurityEvent.succeeded(
                SecurityEvent.Kind.SIGN_IN,
                Agent.signedIn(account.username(), request.getRemoteAddr()),
                account.username(),
                String.join(" ", methods)));
    }

    /** Notes that the signed-in person has proved again who they are. */
    public void stepUp(HttpServletRequest request, HttpServletResponse response, Account account, String method) {
        var before = SignedInBySession.of(request).orElseGet(() -> SignedInBy.now(Set.of(method), clock));
        signedIn(request, response, account, before.provedAgain(method, clock));
        log.record(SecurityEvent.succeeded(
                SecurityEvent.Kind.STEP_UP,
                Agent.signedIn(account.username(), request.getRemoteAddr()),
                account.username(),
                method));
    }

    private void signedIn(HttpServletRequest request, HttpServletResponse response, Account account, SignedInBy by) {
        renew(request, response);
        request.getSession().setAttribute(SignedInBy.ATTRIBUTE, by);
        var context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(Person.signedIn(request, account, by));
        SecurityContextHolder.setContext(context);
        new HttpSessionSecurityContextRepository().saveContext(context, request, response);
    }

    private static void renew(HttpServletRequest request, HttpServletResponse response) {
        request.getSession();
        request.changeSessionId();
        new HttpSessionCsrfTokenRepository().saveToken(null, request, response);
    }

    private static void pend(
            HttpServletRequest request, HttpServletResponse response, PendingSignIn pending, String next) {
        renew(request, response);
        var session = request.getSession();
        session.removeAttribute(HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY);
        session.removeAttribute(SignedInBy.ATTRIBUTE);
        session.setAttribute(PendingSignIn.ATTRIBUTE, pending);
        session.setAttribute(PageSecurity.NEXT_STEP, next);
    }
}
