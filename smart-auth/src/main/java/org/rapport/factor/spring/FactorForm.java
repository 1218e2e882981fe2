package org.rapport.factor.spring;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.rapport.account.spring.Pages;
import org.rapport.audit.SecurityEvent;
import org.rapport.factor.Factor;
import org.rapport.factor.FactorCheck;
import org.rapport.factor.FactorCheck.Attempt;
import org.rapport.factor.FactorCheck.Outcome;
import org.rapport.factor.Factors;
import org.rapport.factor.SignedInBy;

/** The form that asks for a factor, at the sign-in and at a step-up. */
final class FactorForm {

    private static final int TOO_MANY_REQUESTS = 429;

    private final Pages pages;
    private final Factors factors;
    private final FactorCheck check;

    FactorForm(Pages pages, Factors factors, FactorCheck check) {
        this.pages = pages;
        this.factors = factors;
        this.check = check;
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
        var recoveryCode = Form.field(request, "recovery");
        var outcome = recoveryCode.isEmpty()
                ? check.app(attempt, Form.field(request, "code"))
                : check.recoveryCode(attempt, recoveryCode);
        if (outcome == Outcome.ACCEPTED) {
            return Optional.of(SignedInBy.ONE_TIME_CODE);
        }
        boolean held = outcome == Outcome.HELD;
        int status = held ? TOO_MANY_REQUESTS : HttpServletResponse.SC_UNAUTHORIZED;
        if (held) {
            response.setHeader("Retry-After", String.valueOf(FactorCheck.HOLD.toSeconds()));
        }
        var notice = held ? "throttled" : "wrong";
        if (recoveryCode.isEmpty()) {
            send(request, response, new Shown(place, username, status, notice));
        } else {
            sendRecovery(request, response, place, status, notice);
        }
        return Optional.empty();
    }

    private void send(HttpServletRequest request, HttpServletResponse response, Shown shown) throws IOException {
        boolean hasApp = factors.of(shown.username()).stream().anyMatch(factor -> factor.kind() == Factor.Kind.TOTP);
        pages.send(
                request,
                response,
                new Pages.Page(
                        shown.status(),
                        "factor",
                        Map.of(
                                "action", shown.place().path(),
                                "app", hasApp,
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
