package org.rapport.invitation.spring;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.rapport.account.AttemptThrottle;
import org.rapport.account.NewAccount;
import org.rapport.account.spring.Pages;
import org.rapport.account.spring.Visitor;
import org.rapport.invitation.Invitations;
import org.rapport.password.PasswordRules;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;

/** The page on which somebody who was invited makes the account. */
@Controller
class InvitationPages {

    private static final int WRONG_BY_ADDRESS = 20;
    private static final Duration HOLD = Duration.ofMinutes(5);
    private static final int SOURCES = 10_000;

    private final Pages pages;
    private final Invitations invitations;
    private final PasswordRules rules;
    private final AttemptThrottle byAddress;

    InvitationPages(Pages pages, Invitations invitations, PasswordRules rules, Clock clock) {
        this.pages = pages;
        this.invitations = invitations;
        this.rules = rules;
        this.byAddress = new AttemptThrottle(WRONG_BY_ADDRESS, HOLD, SOURCES, clock);
    }

    @GetMapping("/invitation")
    void form(HttpServletRequest request, HttpServletResponse response) throws IOException {
        pages.send(request, response, page(200, "", ""));
    }

    @PostMapping("/invitation")
    void accept(HttpServletRequest request, HttpServletResponse response, AnswerForm form) throws IOException {
        if (byAddress.holds(request.getRemoteAddr())) {
            response.setHeader("Retry-After", String.valueOf(HOLD.toSeconds()));
            pages.send(request, response, page(429, "throttled", form.username()));
            return;
        }
        var problem = problem(form).or(() -> made(request, form));
        if (problem.isPresent()) {
            pages.send(request, response, page(400, problem.get(), form.username()));
        } else {
            pages.send(request, response, Pages.Page.told("invitation-used", "/login"));
        }
    }

    /** What can be said before the code is looked at; what is wrong with a password is told after it only. */
    private static Optional<String> problem(AnswerForm form) {
        if (!form.username().isEmpty() && !NewAccount.isUsername(form.username())) {
            return Optional.of("bad-username");
        }
        return form.password().equals(form.repeated()) ? Optional.empty() : Optional.of("not-repeated");
    }

    private Optional<String> made(HttpServletRequest request, AnswerForm form) {
        var open = invitations.open(form.answer(), Visitor.of(request));
        if (open.isEmpty()) {
            return wrong(request);
        }
        var username = open.get().username().orElse(form.username());
        if (username.isEmpty()) {
            return Optional.of("bad-username");
        }
        var weakness = rules.weakness(
                form.password(), new PasswordRules.Owner(username, open.get().displayName()));
        if (weakness.isPresent()) {
            return weakness.map(found -> "weak." + found.code());
        }
        return switch (invitations.use(form.answer(), Visitor.of(request))) {
            case DONE -> Optional.empty();
            case NAME_TAKEN -> Optional.of("name-taken");
            case BAD_CODE -> wrong(request);
        };
    }

    private Optional<String> wrong(HttpServletRequest request) {
        byAddress.failed(request.getRemoteAddr());
        return Optional.of("bad-code");
    }

    private static Pages.Page page(int status, String notice, String username) {
        var message = notice.isEmpty() || notice.startsWith("weak.") ? notice : "invitation." + notice;
        return new Pages.Page(status, "invitation", Map.of("notice", message, "username", username));
    }
}
