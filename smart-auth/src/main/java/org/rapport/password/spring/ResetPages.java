package org.rapport.password.spring;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.rapport.account.AttemptThrottle;
import org.rapport.account.LinkToken;
import org.rapport.account.spring.LinkTokenFilter;
import org.rapport.account.spring.Pages;
import org.rapport.account.spring.Visitor;
import org.rapport.password.PasswordResets;
import org.rapport.password.Passwords;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The pages of a forgotten password: asking for a link, and what the link leads to. */
@Controller
class ResetPages {

    private static final int ASKED_BY_ADDRESS = 10;
    private static final Duration HOLD = Duration.ofMinutes(5);
    private static final int SOURCES = 10_000;

    private final Pages pages;
    private final PasswordResets resets;
    private final Passwords passwords;
    private final ResetRequests requests;
    private final AttemptThrottle byAddress;

    ResetPages(Pages pages, PasswordResets resets, Passwords passwords, ResetRequests requests, Clock clock) {
        this.pages = pages;
        this.resets = resets;
        this.passwords = passwords;
        this.requests = requests;
        this.byAddress = new AttemptThrottle(ASKED_BY_ADDRESS, HOLD, SOURCES, clock);
    }

    @GetMapping("/login/reset")
    void form(HttpServletRequest request, HttpServletResponse response) throws IOException {
        pages.send(request, response, new Pages.Page(200, "reset-ask", Map.of("notice", "")));
    }

    /** Answers everybody the same, at once: whether somebody is known shows neither in the words nor in the time. */
    @PostMapping("/login/reset")
    void ask(HttpServletRequest request, HttpServletResponse response, @RequestParam(defaultValue = "") String who)
            throws IOException {
        if (byAddress.holds(request.getRemoteAddr())) {
            response.setHeader("Retry-After", String.valueOf(HOLD.toSeconds()));
            pages.send(request, response, new Pages.Page(429, "reset-ask", Map.of("notice", "throttled")));
            return;
        }
        byAddress.failed(request.getRemoteAddr());
        requests.put(who, Visitor.of(request));
        pages.send(request, response, Pages.Page.told("reset-asked", "/login"));
    }

    @GetMapping("/login/reset/link")
    void opened(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var owner = token(request).flatMap(resets::waiting);
        pages.send(request, response, owner.isPresent() ? page(request, owner.get(), "") : badLink());
    }

    @PostMapping("/login/reset/link")
    void reset(HttpServletRequest request, HttpServletResponse response, NewPassword form) throws IOException {
        var owner = token(request).flatMap(resets::waiting);
        var problem = owner.flatMap(name -> form.problem(passwords, name));
        if (owner.isEmpty()) {
            pages.send(request, response, badLink());
        } else if (problem.isPresent()) {
            pages.send(request, response, page(request, owner.get(), problem.get()));
        } else {
            var done = token(request).flatMap(token -> resets.reset(token, form.password(), Visitor.of(request)));
            pages.send(request, response, done.isPresent() ? Pages.Page.told("reset-done", "/login") : badLink());
        }
    }

    private static Pages.Page page(HttpServletRequest request, String owner, String problem) {
        return new Pages.Page(
                problem.isEmpty() ? 200 : 400,
                "reset",
                Map.of(
                        "notice",
                        problem,
                        "owner",
                        owner,
                        "token",
                        token(request).orElse("")));
    }

    private static Optional<String> token(HttpServletRequest request) {
        return LinkTokenFilter.token(request).filter(token -> token.matches(LinkToken.FORM));
    }

    private static Pages.Page badLink() {
        return Pages.Page.problem(404, "bad-link");
    }
}
