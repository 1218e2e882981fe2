package org.rapport.factor.spring;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.Map;
import java.util.Optional;
import org.rapport.account.Account;
import org.rapport.account.Accounts;
import org.rapport.account.spring.PageSecurity;
import org.rapport.account.spring.Pages;
import org.rapport.account.spring.PasswordCheck;
import org.rapport.audit.Agent;
import org.rapport.audit.SecurityEvent;
import org.rapport.audit.SecurityLog;
import org.rapport.factor.Factors;
import org.rapport.factor.SignedInBy;
import org.rapport.factor.signin.spring.SignIn;
import org.rapport.factor.signin.spring.WantedPage;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;

/** Asks a signed-in person for a factor again, or for the password where the account has no factor. */
@Controller
class StepUpPage {

    private static final FactorForm.Place PLACE = new FactorForm.Place(StepUp.PAGE, SecurityEvent.Kind.STEP_UP);

    private final SignIn signIn;
    private final FactorForm form;
    private final Factors factors;
    private final Accounts accounts;
    private final ByPassword byPassword;

    StepUpPage(SignIn signIn, FactorForm form, Factors factors, Accounts accounts, ByPassword byPassword) {
        this.signIn = signIn;
        this.form = form;
        this.factors = factors;
        this.accounts = accounts;
        this.byPassword = byPassword;
    }

    @GetMapping(StepUp.PAGE)
    void ask(HttpServletRequest request, HttpServletResponse response, Principal who) throws IOException {
        if (factors.has(who.getName())) {
            form.show(request, response, PLACE, who.getName());
        } else {
            byPassword.show(request, response, HttpServletResponse.SC_OK, "");
        }
    }

    @GetMapping(StepUp.PAGE + "/recovery")
    void askForRecoveryCode(HttpServletRequest request, HttpServletResponse response) throws IOException {
        form.showRecovery(request, response, PLACE);
    }

    @PostMapping(StepUp.PAGE)
    void take(HttpServletRequest request, HttpServletResponse response, Principal who) throws IOException {
        var method = factors.has(who.getName())
                ? form.take(request, response, PLACE, who.getName())
                : byPassword.take(request, response, who.getName());
        if (method.isPresent()) {
            proved(request, response, who.getName(), method.get());
        }
    }

    private void proved(HttpServletRequest request, HttpServletResponse response, String username, String method) {
        var account = accounts.find(username).filter(Account::enabled);
        account.ifPresent(person -> signIn.stepUp(request, response, person, method));
        PageSecurity.seeOther(response, account.isPresent() ? WantedPage.takeAfterStepUp(request) : "/login");
    }

    /** The form for the password. */
    static final class ByPassword {

        private static final int TOO_MANY_REQUESTS = 429;

        private final Pages pages;
        private final PasswordCheck passwords;
        private final SecurityLog log;

        ByPassword(Pages pages, PasswordCheck passwords, SecurityLog log) {
            this.pages = pages;
            this.passwords = passwords;
            this.log = log;
        }

        void show(HttpServletRequest request, HttpServletResponse response, int status, String notice)
                throws IOException {
            pages.send(request, response, new Pages.Page(status, "factor-password", Map.of("notice", notice)));
        }

        Optional<String> take(HttpServletRequest request, HttpServletResponse response, String username)
                throws IOException {
            var address = request.getRemoteAddr();
            var answer = passwords.check(username, String.valueOf(request.getParameter("password")), address);
            if (answer.account().isPresent()) {
                return Optional.of(SignedInBy.PASSWORD);
            }
            log.record(SecurityEvent.failed(
                    SecurityEvent.Kind.STEP_UP,
                    Agent.signedIn(username, address),
                    username,
                    answer.held() ? "held" : SignedInBy.PASSWORD));
            if (answer.held()) {
                response.setHeader("Retry-After", String.valueOf(PasswordCheck.HOLD.toSeconds()));
            }
            show(
                    request,
                    response,
                    answer.held() ? TOO_MANY_REQUESTS : HttpServletResponse.SC_UNAUTHORIZED,
                    answer.held() ? "throttled" : "wrong");
            return Optional.empty();
        }
    }
}
