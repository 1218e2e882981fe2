package org.rapport.factor.enrolment.spring;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.rapport.account.spring.PageSecurity;
import org.rapport.account.spring.Pages;
import org.rapport.factor.Factor;
import org.rapport.factor.FactorChanges;
import org.rapport.factor.Factors;
import org.rapport.factor.PendingSignIn;
import org.rapport.factor.signin.spring.SignIn;
import org.rapport.factor.spring.Form;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;

/** Leads somebody whose role demands a factor to the first one, between the password and the sign-in. */
@Controller
class EnrolmentPage {

    private final SignIn signIn;
    private final Pages pages;
    private final Factors factors;
    private final TotpEnrolment enrolment;
    private final FactorChanges changes;

    EnrolmentPage(SignIn signIn, Pages pages, Factors factors, TotpEnrolment enrolment, FactorChanges changes) {
        this.signIn = signIn;
        this.pages = pages;
        this.factors = factors;
        this.enrolment = enrolment;
        this.changes = changes;
    }

    @GetMapping(SignIn.ENROLMENT_PAGE)
    void show(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var pending = ready(request, response);
        if (pending.isPresent()) {
            show(request, response, pending.get(), HttpServletResponse.SC_OK, "");
        }
    }

    @PostMapping(SignIn.ENROLMENT_PAGE)
    void confirm(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var pending = ready(request, response).orElse(null);
        if (pending == null) {
            return;
        }
        var username = pending.username();
        var codes = changes.add(
                username,
                request.getRemoteAddr(),
                Factor.Kind.TOTP,
                () -> enrolment.confirm(request, username, Form.field(request, "name")));
        if (codes.isEmpty()) {
            show(request, response, pending, HttpServletResponse.SC_BAD_REQUEST, "wrong");
        } else {
            enrolled(request, response, pending, codes.get());
        }
    }

    private void enrolled(
            HttpServletRequest request, HttpServletResponse response, PendingSignIn pending, List<String> codes)
            throws IOException {
        var next = signIn.enter(request, response, pending, Factor.Kind.TOTP.method());
        if (next.isEmpty()) {
            PageSecurity.seeOther(response, "/login");
        } else {
            new NewCodes(codes, next.get()).send(pages, request, response);
        }
    }

    private Optional<PendingSignIn> ready(HttpServletRequest request, HttpServletResponse response) {
        var pending = signIn.pending(request);
        if (pending.isEmpty()) {
            PageSecurity.seeOther(response, "/login");
        } else if (factors.has(pending.get().username())) {
            PageSecurity.seeOther(response, SignIn.FACTOR_PAGE);
            return Optional.empty();
        }
        return pending;
    }

    private void show(
            HttpServletRequest request, HttpServletResponse response, PendingSignIn pending, int status, String notice)
            throws IOException {
        Map<String, Object> model = new HashMap<>(enrolment.shown(request, pending.username()));
        model.put("action", SignIn.ENROLMENT_PAGE);
        model.put("notice", notice);
        model.put("demanded", true);
        pages.send(request, response, new Pages.Page(status, "factor-enrol", model));
    }
}
