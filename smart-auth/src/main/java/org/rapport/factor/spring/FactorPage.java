package org.rapport.factor.spring;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.rapport.account.spring.PageSecurity;
import org.rapport.audit.SecurityEvent;
import org.rapport.factor.Factors;
import org.rapport.factor.PendingSignIn;
import org.rapport.factor.signin.spring.SignIn;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;

/** Takes the factor of a pending sign-in. */
@Controller
class FactorPage {

    private static final FactorForm.Place PLACE = new FactorForm.Place(SignIn.FACTOR_PAGE, SecurityEvent.Kind.SIGN_IN);

    private final SignIn signIn;
    private final FactorForm form;
    private final Factors factors;

    FactorPage(SignIn signIn, FactorForm form, Factors factors) {
        this.signIn = signIn;
        this.form = form;
        this.factors = factors;
    }

    @GetMapping(SignIn.FACTOR_PAGE)
    void ask(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var pending = signIn.pending(request);
        if (isReady(pending.orElse(null), response)) {
            form.show(request, response, PLACE, pending.orElseThrow().username());
        }
    }

    @GetMapping(SignIn.FACTOR_PAGE + "/recovery")
    void askForRecoveryCode(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (isReady(signIn.pending(request).orElse(null), response)) {
            form.showRecovery(request, response, PLACE);
        }
    }

    @PostMapping(SignIn.FACTOR_PAGE)
    void take(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var pending = signIn.pending(request).orElse(null);
        if (!isReady(pending, response) || pending == null) {
            return;
        }
        var method = form.take(request, response, PLACE, pending.username());
        if (method.isPresent()) {
            signIn.finish(request, response, pending, method.get());
        }
    }

    /** Whoever has no factor enrols one first; whoever has no pending sign-in begins again. */
    private boolean isReady(@Nullable PendingSignIn pending, HttpServletResponse response) {
        if (pending == null) {
            PageSecurity.seeOther(response, "/login");
            return false;
        }
        if (!factors.has(pending.username())) {
            PageSecurity.seeOther(response, SignIn.ENROLMENT_PAGE);
            return false;
        }
        return true;
    }
}
