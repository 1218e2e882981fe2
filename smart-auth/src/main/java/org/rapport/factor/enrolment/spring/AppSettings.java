package org.rapport.factor.enrolment.spring;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.HashMap;
import java.util.Map;
import org.rapport.account.spring.Pages;
import org.rapport.factor.Factor;
import org.rapport.factor.FactorChanges;
import org.rapport.factor.spring.Form;
import org.rapport.factor.spring.StepUp;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;

/** Lets a signed-in person add an authenticator app. */
@Controller
class AppSettings {

    private static final String PAGE = FactorSettings.PAGE + "/app";

    private final Pages pages;
    private final TotpEnrolment enrolment;
    private final FactorChanges changes;
    private final StepUp stepUp;

    AppSettings(Pages pages, TotpEnrolment enrolment, FactorChanges changes, StepUp stepUp) {
        this.pages = pages;
        this.enrolment = enrolment;
        this.changes = changes;
        this.stepUp = stepUp;
    }

    @GetMapping(PAGE)
    void show(HttpServletRequest request, HttpServletResponse response, Principal who) throws IOException {
        if (stepUp.demand(request, response)) {
            show(request, response, who.getName(), HttpServletResponse.SC_OK, "");
        }
    }

    @PostMapping(PAGE)
    void add(HttpServletRequest request, HttpServletResponse response, Principal who) throws IOException {
        if (!stepUp.require(request, response, PAGE)) {
            return;
        }
        var username = who.getName();
        var codes = changes.add(
                username,
                request.getRemoteAddr(),
                Factor.Kind.TOTP,
                () -> enrolment.confirm(request, username, Form.field(request, "name")));
        if (codes.isEmpty()) {
            show(request, response, username, HttpServletResponse.SC_BAD_REQUEST, "wrong");
        } else {
            new NewCodes(codes.get(), FactorSettings.PAGE).send(pages, request, response);
        }
    }

    private void show(
            HttpServletRequest request, HttpServletResponse response, String username, int status, String notice)
            throws IOException {
        Map<String, Object> model = new HashMap<>(enrolment.shown(request, username));
        model.put("action", PAGE);
        model.put("notice", notice);
        model.put("demanded", false);
        pages.send(request, response, new Pages.Page(status, "factor-enrol", model));
    }
}
