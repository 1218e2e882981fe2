package org.rapport.factor.spring;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.rapport.account.spring.PageSecurity;
import org.rapport.account.spring.Pages;
import org.rapport.audit.SecurityEvent;
import org.rapport.factor.Factor;
import org.rapport.factor.FactorCheck;
import org.rapport.factor.FactorCheck.Attempt;
import org.rapport.factor.FactorCheck.Outcome;
import org.rapport.factor.Factors;
import org.rapport.factor.SignedInBy;
import org.rapport.passkey.spring.Passkeys;

/** The form that asks for a factor, at the sign-in and at a step-up. */
final class FactorForm {

    private static final int TOO_MANY_REQUESTS = 429;

    private final Pages pages;
    private final Factors factors;
    private final FactorCheck check;
    private final Passkeys passkeys;

    FactorForm(Pages pages, Factors factors, FactorCheck check, Passkeys passkeys) {
        this.pages = pages;
        this.factors = factors;
        this.check = check;
        this.passkeys = passkeys;
    }

    /** Shows the form with the factors that the account has. */
    void show(HttpServletRequest request, HttpServletResponse response, Place place, String username)
            throws IOException {
        send(request, response, new Shown(place, username, HttpServletResponse.SC_OK, ""));
    }

    /** Shows the form for a recovery code. */
    void showRecovery(HttpServletRequest request, HttpServletResponse response, Place place) throws IOException {
        sendRecovery(request, response, place, HttpServletResponse.SC_OK, "");
    }

    /**
     * Judges what the form holds.
     *
     * @return the authentication method that was used; empty when it was refused and the form has been shown again
     */
    Optional<String> take(HttpServletRequest request, HttpServletResponse response, Place place, String username)
            throws IOException {
        var attempt = new Attempt(username, request.getRemoteAddr(), place.purpose());
        var passkey = Form.field(request, "passkey");
        var recoveryCode = Form.field(request, "recovery");
        Outcome outcome;
        if (!passkey.isEmpty()) {
            outcome = check.passkey(attempt, passkeys.owner(request.getSession(), passkey));
        } else if (!recoveryCode.isEmpty()) {
            outcome = check.recoveryCode(attempt, recoveryCode);
        } else {
            outcome = check.app(attempt, Form.field(request, "code"));
        }
        if (outcome == Outcome.ACCEPTED) {
            return Optional.of(passkey.isEmpty() ? SignedInBy.ONE_TIME_CODE : SignedInBy.HARDWARE_KEY);
        }
        again(request, response, new Shown(place, username, status(outcome), notice(outcome)));
        return Optional.empty();
    }

    private static int status(Outcome outcome) {
        return outcome == Outcome.HELD ? TOO_MANY_REQUESTS : HttpServletResponse.SC_UNAUTHORIZED;
    }

    private static String notice(Outcome outcome) {
        return outcome == Outcome.HELD ? "throttled" : "wrong";
    }

    private void again(HttpServletRequest request, HttpServletResponse response, Shown shown) throws IOException {
        if (shown.status() == TOO_MANY_REQUESTS) {
            response.setHeader("Retry-After", String.valueOf(FactorCheck.HOLD.toSeconds()));
        }
        if (Form.field(request, "recovery").isEmpty()) {
            send(request, response, shown);
        } else {
            sendRecovery(request, response, shown.place(), shown.status(), shown.notice());
        }
    }

    private void send(HttpServletRequest request, HttpServletResponse response, Shown shown) throws IOException {
        var kinds = factors.of(shown.username()).stream().map(Factor::kind).collect(Collectors.toSet());
        var options = "";
        if (passkeys.areOffered() && kinds.contains(Factor.Kind.PASSKEY)) {
            PageSecurity.allowScript(response);
            options = passkeys.request(request.getSession(), Optional.of(shown.username()));
        }
        pages.send(
                request,
                response,
                new Pages.Page(
                        shown.status(),
                        "factor",
                        Map.of(
                                "action", shown.place().path(),
                                "app", kinds.contains(Factor.Kind.TOTP),
                                "passkey", options,
                                "notice", shown.notice())));
    }

    private void sendRecovery(
            HttpServletRequest request, HttpServletResponse response, Place place, int status, String notice)
            throws IOException {
        pages.send(
                request,
                response,
                new Pages.Page(status, "factor-recovery", Map.of("action", place.path(), "notice", notice)));
    }

    /**
     * Where the form stands.
     *
     * @param path it is sent to
     * @param purpose what an attempt is recorded as
     */
    record Place(String path, SecurityEvent.Kind purpose) {}

    private record Shown(Place place, String username, int status, String notice) {}
}
