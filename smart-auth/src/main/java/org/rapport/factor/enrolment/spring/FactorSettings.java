package org.rapport.factor.enrolment.spring;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.rapport.account.Account;
import org.rapport.account.Accounts;
import org.rapport.account.spring.PageSecurity;
import org.rapport.account.spring.Pages;
import org.rapport.factor.Factor;
import org.rapport.factor.FactorChanges;
import org.rapport.factor.Factors;
import org.rapport.factor.RecoveryCodes;
import org.rapport.factor.signin.spring.SignIn;
import org.rapport.factor.spring.Form;
import org.rapport.factor.spring.StepUp;
import org.rapport.passkey.spring.Passkeys;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;

/** Shows somebody their factors and lets them rename and remove them and renew the recovery codes. */
@Controller
class FactorSettings {

    static final String PAGE = SignIn.FACTORS_PAGE;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

    private final Pages pages;
    private final Accounts accounts;
    private final Kept kept;
    private final FactorChanges changes;
    private final StepUp stepUp;

    FactorSettings(Pages pages, Accounts accounts, Kept kept, FactorChanges changes, StepUp stepUp) {
        this.pages = pages;
        this.accounts = accounts;
        this.kept = kept;
        this.changes = changes;
        this.stepUp = stepUp;
    }

    @GetMapping(PAGE)
    void list(HttpServletRequest request, HttpServletResponse response, Principal who) throws IOException {
        list(request, response, who.getName(), HttpServletResponse.SC_OK, "");
    }

    @PostMapping(PAGE + "/rename")
    void rename(HttpServletRequest request, HttpServletResponse response, Principal who) {
        var name = Form.field(request, "name");
        id(request).filter(id -> !name.isEmpty()).ifPresent(id -> kept.factors().rename(who.getName(), id, name));
        PageSecurity.seeOther(response, PAGE);
    }

    @PostMapping(PAGE + "/remove")
    void remove(HttpServletRequest request, HttpServletResponse response, Principal who) throws IOException {
        if (!stepUp.require(request, response, PAGE)) {
            return;
        }
        var account = accounts.find(who.getName()).filter(Account::enabled);
        boolean removed = account.isPresent()
                && id(request)
                        .filter(id -> changes.remove(account.get(), request.getRemoteAddr(), id))
                        .isPresent();
        if (removed) {
            PageSecurity.seeOther(response, PAGE);
        } else {
            list(request, response, who.getName(), HttpServletResponse.SC_CONFLICT, "kept");
        }
    }

    @PostMapping(PAGE + "/recovery-codes")
    void renewRecoveryCodes(HttpServletRequest request, HttpServletResponse response, Principal who)
            throws IOException {
        if (!stepUp.require(request, response, PAGE)) {
            return;
        }
        if (!kept.factors().has(who.getName())) {
            list(request, response, who.getName(), HttpServletResponse.SC_CONFLICT, "none");
            return;
        }
        var codes = changes.renewRecoveryCodes(who.getName(), request.getRemoteAddr());
        new NewCodes(codes, PAGE).send(pages, request, response);
    }

    private void list(
            HttpServletRequest request, HttpServletResponse response, String username, int status, String notice)
            throws IOException {
        var lines = kept.factors().of(username).stream().map(Line::of).toList();
        pages.send(
                request,
                response,
                new Pages.Page(
                        status,
                        "factors",
                        Map.of(
                                "factors",
                                lines,
                                "passkeys",
                                kept.passkeys().areOffered(),
                                "codesLeft",
                                kept.recoveryCodes().left(username),
                                "notice",
                                notice)));
    }

    private static Optional<UUID> id(HttpServletRequest request) {
        try {
            return Optional.of(UUID.fromString(Form.field(request, "id")));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** What an account has. */
    record Kept(Factors factors, RecoveryCodes recoveryCodes, Passkeys passkeys) {}

    /** One factor as the page shows it; never used is empty. */
    record Line(String id, String kind, String name, String created, String used) {

        static Line of(Factor factor) {
            return new Line(
                    factor.id().toString(),
                    factor.kind().code(),
                    factor.name(),
                    text(factor.createdAt()),
                    factor.lastUsedAt().map(Line::text).orElse(""));
        }

        private static String text(Instant time) {
            return TIME.format(time);
        }
    }
}
