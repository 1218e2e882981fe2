package org.rapport.contact.spring;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.rapport.account.AttemptThrottle;
import org.rapport.account.LinkToken;
import org.rapport.account.spring.LinkTokenFilter;
import org.rapport.account.spring.Pages;
import org.rapport.account.spring.Visitor;
import org.rapport.contact.AddressConfirmations;
import org.rapport.contact.MailAddress;
import org.rapport.contact.MailAddresses;
import org.rapport.password.spring.OwnPassword;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;

/** The pages on which somebody sets a mail address, and confirms it by the mailed link. */
@Controller
class EmailPages {

    private static final int MAILS = 3;
    private static final Duration HOLD = Duration.ofHours(1);
    private static final int PEOPLE = 10_000;

    private final Pages pages;
    private final MailAddresses addresses;
    private final AddressConfirmations confirmations;
    private final OwnPassword ownPassword;
    private final AttemptThrottle mails;

    EmailPages(
            Pages pages,
            MailAddresses addresses,
            AddressConfirmations confirmations,
            OwnPassword ownPassword,
            Clock clock) {
        this.pages = pages;
        this.addresses = addresses;
        this.confirmations = confirmations;
        this.ownPassword = ownPassword;
        this.mails = new AttemptThrottle(MAILS, HOLD, PEOPLE, clock);
    }

    @GetMapping("/account/email")
    void form(HttpServletRequest request, HttpServletResponse response, Principal who) throws IOException {
        pages.send(request, response, page(who, 200, ""));
    }

    @PostMapping("/account/email")
    void ask(HttpServletRequest request, HttpServletResponse response, EmailForm form, Principal who)
            throws IOException {
        var address = MailAddress.parse(form.address());
        if (address.isEmpty()) {
            pages.send(request, response, page(who, 400, "bad-address"));
            return;
        }
        var asked = ownPassword.check(request, form.old());
        if (asked != OwnPassword.Answer.RIGHT) {
            pages.send(request, response, page(who, asked.status(), asked.notice()));
        } else if (mails.holds(who.getName())) {
            pages.send(request, response, page(who, 429, "too-many"));
        } else {
            mails.failed(who.getName());
            confirmations.ask(who.getName(), address.get(), Visitor.of(request));
            pages.send(request, response, Pages.Page.told("email-asked", "/account"));
        }
    }

    @GetMapping("/email/link")
    void opened(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var token = token(request);
        var owner = token.flatMap(confirmations::waiting);
        pages.send(
                request,
                response,
                owner.isPresent()
                        ? new Pages.Page(
                                200, "email-confirm", Map.of("owner", owner.get(), "token", token.orElseThrow()))
                        : badLink());
    }

    @PostMapping("/email/link")
    void confirm(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var done = token(request).flatMap(token -> confirmations.confirm(token, Visitor.of(request)));
        pages.send(request, response, done.isPresent() ? Pages.Page.told("email-confirmed", "/account") : badLink());
    }

    private Pages.Page page(Principal who, int status, String notice) {
        var now = addresses.of(who.getName()).map(MailAddress::text).orElse("");
        return new Pages.Page(status, "email", Map.of("notice", notice, "address", now));
    }

    private static Optional<String> token(HttpServletRequest request) {
        return LinkTokenFilter.token(request).filter(token -> token.matches(LinkToken.FORM));
    }

    private static Pages.Page badLink() {
        return Pages.Page.problem(404, "bad-link");
    }

    /** What the form for an address holds; a missing field is empty. */
    record EmailForm(String address, String old) {

        EmailForm {
            address = Objects.requireNonNullElse(address, "");
            old = Objects.requireNonNullElse(old, "");
        }

        /** Nothing: neither has a place in a log. */
        @Override
        public String toString() {
            return "EmailForm";
        }
    }
}
