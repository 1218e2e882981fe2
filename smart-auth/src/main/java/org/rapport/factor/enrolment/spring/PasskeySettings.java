package org.rapport.factor.enrolment.spring;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.Map;
import org.rapport.account.spring.PageSecurity;
import org.rapport.account.spring.Pages;
import org.rapport.factor.Factor;
import org.rapport.factor.FactorChanges;
import org.rapport.factor.spring.Form;
import org.rapport.factor.spring.StepUp;
import org.rapport.passkey.spring.Passkeys;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;

/** Lets a signed-in person add a passkey. */
@Controller
class PasskeySettings {

    private static final String PAGE = FactorSettings.PAGE + "/passkey";

    private final Pages pages;
    private final Passkeys passkeys;
    private final FactorChanges changes;
    private final StepUp stepUp;

    PasskeySettings(Pages pages, Passkeys passkeys, FactorChanges changes, StepUp stepUp) {
        this.pages = pages;
        this.passkeys = passkeys;
        this.changes = changes;
        this.stepUp = stepUp;
    }

    @GetMapping(PAGE)
    void show(HttpServletRequest request, HttpServletResponse response, Principal who) throws IOException {
        if (!passkeys.areOffered()) {
            pages.send(request, response, Pages.Page.problem(HttpServletResponse.SC_NOT_FOUND, "not-found"));
        } else if (stepUp.demand(request, response)) {
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
                Factor.Kind.PASSKEY,
                () -> passkeys.register(
                        request.getSession(), username, Form.field(request, "name"), Form.field(request, "passkey")));
        if (codes.isEmpty()) {
            show(request, response, username, HttpServletResponse.SC_BAD_REQUEST, "wrong");
        } else {
            new NewCodes(codes.get(), FactorSettings.PAGE).send(pages, request, response);
        }
    }

    private void show(
            HttpServletRequest request, HttpServletResponse response, String username, int status, String notice)
            throws IOException {
        if (!passkeys.areOffered()) {
            pages.send(request, response, Pages.Page.problem(HttpServletResponse.SC_NOT_FOUND, "not-found"));
            return;
        }
        PageSecurity.allowScript(response);
        var options = passkeys.creation(request.getSession(), username);
        pages.send(
                request, response, new Pages.Page(status, "passkey-add", Map.of("options", options, "notice", notice)));
    }
}
