package org.rapport.password.spring;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.Map;
import org.rapport.account.spring.Pages;
import org.rapport.account.spring.Visitor;
import org.rapport.password.Passwords;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;

/** The page on which somebody who is signed in changes the password. */
@Controller
class PasswordPages {

    private static final String PAGE = "/account/password";

    private final Pages pages;
    private final Passwords passwords;
    private final OwnPassword ownPassword;
    private final FreshFactor freshFactor;

    PasswordPages(Pages pages, Passwords passwords, OwnPassword ownPassword, FreshFactor freshFactor) {
        this.pages = pages;
        this.passwords = passwords;
        this.ownPassword = ownPassword;
        this.freshFactor = freshFactor;
    }

    @GetMapping(PAGE)
    void form(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (freshFactor.given(request, response, PAGE)) {
            pages.send(request, response, page(200, ""));
        }
    }

    @PostMapping(PAGE)
    void change(HttpServletRequest request, HttpServletResponse response, NewPassword form, Principal who)
            throws IOException {
        if (!freshFactor.given(request, response, PAGE)) {
            return;
        }
        var asked = ownPassword.check(request, form.old());
        if (asked != OwnPassword.Answer.RIGHT) {
            pages.send(request, response, page(asked.status(), asked.notice()));
            return;
        }
        var problem = form.problem(passwords, who.getName());
        if (problem.isPresent()) {
            pages.send(request, response, page(400, problem.get()));
            return;
        }
        passwords.change(
                who.getName(),
                form.password(),
                Visitor.of(request),
                request.getSession().getId());
        pages.send(request, response, Pages.Page.told("password-changed", "/account"));
    }

    private static Pages.Page page(int status, String notice) {
        return new Pages.Page(status, "password", Map.of("notice", notice));
    }
}
