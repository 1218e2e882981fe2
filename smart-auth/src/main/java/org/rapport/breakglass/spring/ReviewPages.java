package org.rapport.breakglass.spring;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.rapport.account.Account;
import org.rapport.account.Accounts;
import org.rapport.account.spring.Pages;
import org.rapport.breakglass.Emergency;
import org.rapport.breakglass.Reviews;
import org.rapport.breakglass.Reviews.Judgement;
import org.rapport.breakglass.Witnesses;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The page on which privacy officers see the emergencies that wait for a review, and close reviews. */
@Controller
class ReviewPages {

    private static final int LONGEST_REMARK = 500;
    private static final Set<String> VERDICTS = Set.of("justified", "not-justified");

    private final Pages pages;
    private final Accounts accounts;
    private final Reviews reviews;

    ReviewPages(Pages pages, Accounts accounts, Reviews reviews) {
        this.pages = pages;
        this.accounts = accounts;
        this.reviews = reviews;
    }

    @GetMapping(Witnesses.REVIEWS)
    void list(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (officer(request).isPresent()) {
            show(request, response, 200, "");
        } else {
            refuse(request, response);
        }
    }

    @PostMapping(Witnesses.REVIEWS)
    void close(
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestParam(defaultValue = "") String emergency,
            @RequestParam(defaultValue = "") String verdict,
            @RequestParam(defaultValue = "") String remark)
            throws IOException {
        var officer = officer(request);
        if (officer.isEmpty()) {
            refuse(request, response);
        } else if (!VERDICTS.contains(verdict) || remark.length() > LONGEST_REMARK) {
            show(request, response, 400, "no-verdict");
        } else {
            var judgement = new Judgement(verdict.equals("justified"), remark.strip());
            boolean closed = Emergency.id(emergency)
                    .filter(id -> reviews.close(officer.get(), id, judgement, request.getRemoteAddr()))
                    .isPresent();
            show(request, response, closed ? 200 : 409, closed ? "closed" : "not-closed");
        }
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response) throws IOException {
        pages.send(request, response, Pages.Page.problem(403, "no-reviews"));
    }

    private void show(HttpServletRequest request, HttpServletResponse response, int status, String notice)
            throws IOException {
        pages.send(
                request,
                response,
                new Pages.Page(
                        status,
                        "break-glass-reviews",
                        Map.of("notice", notice, "waiting", reviews.waiting(), "report", reviews.report())));
    }

    private Optional<Account> officer(HttpServletRequest request) {
        return accounts.find(request.getUserPrincipal().getName()).filter(Reviews::areOpenTo);
    }
}
