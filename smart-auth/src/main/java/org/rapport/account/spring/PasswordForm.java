package org.rapport.account.spring;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import org.rapport.account.Accounts;
import org.rapport.audit.Agent;
import org.rapport.audit.SecurityEvent;
import org.rapport.audit.SecurityLog;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;

/** Takes user name and password. */
@Controller
class PasswordForm {

    private static final int TOO_MANY_REQUESTS = 429;
    private static final String METHOD = "pwd";

    private final PasswordCheck passwords;
    private final FirstProof proof;
    private final Pages pages;
    private final SecurityLog log;
    private final Accounts accounts;

    PasswordForm(PasswordCheck passwords, FirstProof proof, Pages pages, SecurityLog log, Accounts accounts) {
        this.passwords = passwords;
        this.proof = proof;
        this.pages = pages;
        this.log = log;
        this.accounts = accounts;
    }

    @PostMapping("/login")
    void signIn(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var username = field(request, "username");
        var answer = passwords.check(username, field(request, "password"), request.getRemoteAddr());
        if (answer.account().isPresent()) {
            proof.given(request, response, answer.account().get(), METHOD);
        } else {
            record(username, request.getRemoteAddr(), answer.held() ? "held" : METHOD);
            again(request, response, answer.held());
        }
    }

    /** Without a name that nobody has: it may be a password in the wrong field. */
    private void record(String username, String address, String detail) {
        var known = accounts.find(username).isPresent() ? username : "";
        log.record(SecurityEvent.failed(SecurityEvent.Kind.SIGN_IN, Agent.unknown(address), known, detail));
    }

    private void again(HttpServletRequest request, HttpServletResponse response, boolean held) throws IOException {
        if (held) {
            response.setHeader("Retry-After", String.valueOf(PasswordCheck.HOLD.toSeconds()));
        }
        pages.send(
                request,
                response,
                new Pages.Page(
                        held ? TOO_MANY_REQUESTS : HttpServletResponse.SC_UNAUTHORIZED,
                        "login",
                        Map.of("notice", held ? "throttled" : "wrong")));
    }

    private static String field(HttpServletRequest request, String name) {
        return Objects.requireNonNullElse(request.getParameter(name), "");
    }
}
