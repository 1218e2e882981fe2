package org.rapport.account.spring;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.rapport.account.FirstAdmin;
import org.rapport.account.NewAccount;
import org.rapport.password.PasswordRules;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;

/** The pages of signing in and of the first administrator. */
@Controller
class AccountPages {

    private static final Resource STYLE = new ClassPathResource("org/rapport/account/assets/rapport.css");

    private final Pages pages;
    private final FirstAdmin firstAdmin;
    private final PasswordRules rules;

    AccountPages(Pages pages, FirstAdmin firstAdmin, PasswordRules rules) {
        this.pages = pages;
        this.firstAdmin = firstAdmin;
        this.rules = rules;
    }

    @GetMapping("/assets/rapport.css")
    ResponseEntity<Resource> style() {
        return ResponseEntity.ok()
                .contentType(MediaType.valueOf("text/css"))
                .cacheControl(CacheControl.maxAge(Duration.ofHours(1)))
                .body(STYLE);
    }

    @GetMapping("/login")
    void login(HttpServletRequest request, HttpServletResponse response) throws IOException {
        pages.send(request, response, new Pages.Page(200, "login", Map.of("notice", notice(request))));
    }

    @GetMapping("/setup")
    void setup(HttpServletRequest request, HttpServletResponse response) throws IOException {
        pages.send(
                request,
                response,
                firstAdmin.isOpen()
                        ? new Pages.Page(200, "setup", Map.of("notice", ""))
                        : Pages.Page.problem(404, "not-found"));
    }

    @PostMapping("/setup")
    void create(HttpServletRequest request, HttpServletResponse response, SetupForm form) throws IOException {
        if (!firstAdmin.isOpen()) {
            pages.send(request, response, Pages.Page.problem(404, "not-found"));
        } else if (!NewAccount.isUsername(form.username())) {
            setupAgain(request, response, "bad-username");
        } else if (isWeak(form)) {
            setupAgain(request, response, "bad-password");
        } else if (!form.password().equals(form.repeated())) {
            setupAgain(request, response, "not-repeated");
        } else if (!firstAdmin.create(form.code(), form.username(), form.password(), form.name())) {
            setupAgain(request, response, "bad-code");
        } else {
            PageSecurity.seeOther(response, "/login?ready");
        }
    }

    private boolean isWeak(SetupForm form) {
        return rules.weakness(form.password(), new PasswordRules.Owner(form.username(), form.name()))
                .isPresent();
    }

    private void setupAgain(HttpServletRequest request, HttpServletResponse response, String notice)
            throws IOException {
        pages.send(request, response, new Pages.Page(400, "setup", Map.of("notice", notice)));
    }

    private static String notice(HttpServletRequest request) {
        if (request.getParameter("signed-out") != null) {
            return "signed-out";
        }
        return request.getParameter("ready") != null ? "ready" : "";
    }

    /** What the form of the first administrator holds; a missing field is empty. */
    record SetupForm(String code, String username, String name, String password, String repeated) {

        SetupForm {
            code = Objects.requireNonNullElse(code, "");
            username = Objects.requireNonNullElse(username, "");
            name = Objects.requireNonNullElse(name, "");
            password = Objects.requireNonNullElse(password, "");
            repeated = Objects.requireNonNullElse(repeated, "");
        }

        /** Nothing: a password has no place in a log. */
        @Override
        public String toString() {
            return "SetupForm";
        }
    }
}
