package org.rapport.factor.spring;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.rapport.account.Account;
import org.rapport.account.Accounts;
import org.rapport.account.spring.PageSecurity;
import org.rapport.account.spring.Pages;
import org.rapport.factor.FactorCheck;
import org.rapport.factor.signin.spring.SignIn;
import org.rapport.passkey.spring.Passkeys;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;

/** Signs people in by a passkey alone, without a user name. */
@Controller
class PasskeyPage {

    static final String PAGE = "/login/passkey";
    static final String SCRIPT = "/assets/passkey.js";

    private static final Resource SCRIPT_FILE = new ClassPathResource("org/rapport/account/assets/passkey.js");
    private static final int TOO_MANY_REQUESTS = 429;

    private final SignIn signIn;
    private final Pages pages;
    private final Passkeys passkeys;
    private final FactorCheck check;
    private final Accounts accounts;

    PasskeyPage(SignIn signIn, Pages pages, Passkeys passkeys, FactorCheck check, Accounts accounts) {
        this.signIn = signIn;
        this.pages = pages;
        this.passkeys = passkeys;
        this.check = check;
        this.accounts = accounts;
    }

    @GetMapping(SCRIPT)
    ResponseEntity<Resource> script() {
        return ResponseEntity.ok()
                .contentType(MediaType.valueOf("text/javascript"))
                .cacheControl(CacheControl.maxAge(Duration.ofHours(1)))
                .body(SCRIPT_FILE);
    }

    @GetMapping(PAGE)
    void show(HttpServletRequest request, HttpServletResponse response) throws IOException {
        show(request, response, HttpServletResponse.SC_OK, "");
    }

    @PostMapping(PAGE)
    void signIn(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var account = passkeys.owner(request.getSession(), Form.field(request, "passkey"))
                .flatMap(accounts::find)
                .filter(Account::enabled);
        var outcome = check.passkeyAlone(request.getRemoteAddr(), account.map(Account::username));
        if (outcome == FactorCheck.Outcome.HELD) {
            response.setHeader("Retry-After", String.valueOf(FactorCheck.HOLD.toSeconds()));
            show(request, response, TOO_MANY_REQUESTS, "throttled");
        } else if (outcome == FactorCheck.Outcome.ACCEPTED) {
            signIn.byPasskey(request, response, account.orElseThrow());
        } else {
            show(request, response, HttpServletResponse.SC_UNAUTHORIZED, "wrong");
        }
    }

    private void show(HttpServletRequest request, HttpServletResponse response, int status, String notice)
            throws IOException {
        if (!passkeys.areOffered()) {
            pages.send(request, response, Pages.Page.problem(HttpServletResponse.SC_NOT_FOUND, "not-found"));
            return;
        }
        PageSecurity.allowScript(response);
        var options = passkeys.request(request.getSession(), Optional.empty());
        pages.send(request, response, new Pages.Page(status, "passkey", Map.of("options", options, "notice", notice)));
    }
}
