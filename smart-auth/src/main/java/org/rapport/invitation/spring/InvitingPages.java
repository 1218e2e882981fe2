package org.rapport.invitation.spring;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rapport.account.Account;
import org.rapport.account.Accounts;
import org.rapport.account.Role;
import org.rapport.account.spring.Pages;
import org.rapport.account.spring.Visitor;
import org.rapport.invitation.Invitations;
import org.rapport.invitation.Invitations.Made;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;

/** The page on which staff invite somebody and see the code, once. */
@Controller
class InvitingPages {

    private final Pages pages;
    private final Accounts accounts;
    private final Invitations invitations;

    InvitingPages(Pages pages, Accounts accounts, Invitations invitations) {
        this.pages = pages;
        this.accounts = accounts;
        this.invitations = invitations;
    }

    @GetMapping("/account/invitations")
    void form(HttpServletRequest request, HttpServletResponse response, Principal who) throws IOException {
        var staff = staff(who);
        pages.send(request, response, staff == null ? Pages.Page.problem(403, "not-staff") : page(staff, 200, "", ""));
    }

    @PostMapping("/account/invitations")
    void invite(HttpServletRequest request, HttpServletResponse response, InvitationForm form, Principal who)
            throws IOException {
        var staff = staff(who);
        if (staff == null) {
            pages.send(request, response, Pages.Page.problem(403, "not-staff"));
            return;
        }
        var made = invitations.create(form.invitation(), staff, Visitor.of(request));
        if (made instanceof Made.Code shown) {
            pages.send(request, response, page(staff, 200, "", shown.code()));
        } else {
            var why =
                    ((Made.Refused) made).why().name().toLowerCase(Locale.ROOT).replace('_', '-');
            pages.send(request, response, page(staff, why.equals("not-yours") ? 403 : 400, why, ""));
        }
    }

    private @Nullable Account staff(Principal who) {
        return accounts.find(who.getName())
                .filter(Account::enabled)
                .filter(account -> account.roles().stream().anyMatch(Role::invites))
                .orElse(null);
    }

    private static Pages.Page page(Account staff, int status, String notice, String code) {
        return new Pages.Page(
                status,
                "inviting",
                Map.of("notice", notice, "code", code, "anybody", staff.roles().contains(Role.ADMIN)));
    }
}
