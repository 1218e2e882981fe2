package org.rapport.admin.people.spring;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import org.rapport.account.Accounts;
import org.rapport.admin.OutsideAdministration;
import org.rapport.admin.spring.AdminVisit;
import org.rapport.federation.OutsideIdentities.Identity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Takes the forms on a person's page that link an identity at an outside provider and end such links. */
@Controller
class OutsideForms {

    private final AdminVisit.Desk desk;
    private final Accounts accounts;
    private final OutsideAdministration outside;

    OutsideForms(AdminVisit.Desk desk, Accounts accounts, OutsideAdministration outside) {
        this.desk = desk;
        this.accounts = accounts;
        this.outside = outside;
    }

    @PostMapping("/admin/people/{username}/outside/link")
    void link(
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable String username,
            @RequestParam(defaultValue = "") String provider,
            @RequestParam(defaultValue = "") String subject)
            throws IOException {
        var visit = desk.visit(request, response);
        if (mayAct(visit, username)) {
            var outcome = outside.link(new Identity(provider, subject.strip()), username, visit.by());
            visit.go(page(username)
                    + '?'
                    + (outcome == OutsideAdministration.Outcome.DONE
                            ? "saved"
                            : "problem=outside-" + outcome.name().toLowerCase(Locale.ROOT)));
        }
    }

    @PostMapping("/admin/people/{username}/outside/unlink")
    void unlink(
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable String username,
            @RequestParam(defaultValue = "") String provider)
            throws IOException {
        var visit = desk.visit(request, response);
        if (mayAct(visit, username)) {
            outside.unlink(provider, username, visit.by());
            visit.go(page(username) + "?saved");
        }
    }

    private boolean mayAct(AdminVisit visit, String username) throws IOException {
        if (accounts.find(username).isEmpty()) {
            visit.notFound();
            return false;
        }
        return visit.mayAct(page(username));
    }

    private static String page(String username) {
        return "/admin/people/" + username;
    }
}
