package org.rapport.session.spring;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rapport.account.spring.PageSecurity;
import org.rapport.account.spring.Pages;
import org.rapport.session.PostLogoutRedirects;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.util.UriUtils;

/**
 * Signs a person out when an application asks for it.
 *
 * <p>An application that shows an ID token of the person need not ask further; otherwise the person is asked, so that no
 * link can sign somebody out.
 *
 * @see <a href="https://openid.net/specs/openid-connect-rpinitiated-1_0.html">OpenID Connect RP-Initiated Logout 1.0</a>
 */
@Controller
class RelyingPartyLogout {

    static final String PATH = "/connect/logout";

    /** Field of our own form: only with it, and with the form's token, a POST without ID token signs out. */
    static final String CONFIRMED = "confirmed";

    private final IdTokenHints hints;
    private final PostLogoutRedirects redirects;
    private final LogoutActs acts;
    private final Pages pages;

    RelyingPartyLogout(IdTokenHints hints, PostLogoutRedirects redirects, LogoutActs acts, Pages pages) {
        this.hints = hints;
        this.redirects = redirects;
        this.acts = acts;
        this.pages = pages;
    }

    @RequestMapping(
            path = PATH,
            method = {RequestMethod.GET, RequestMethod.POST})
    void logout(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var wish = Wish.of(request);
        var hint = wish.hint().flatMap(hints::read);
        if ((wish.hint().isPresent() && hint.isEmpty()) || !isAllowed(wish, hint)) {
            pages.send(request, response, Pages.Page.problem(400, "bad-sign-out"));
        } else if (hint.isPresent()) {
            acts.end(request, response, hint.get());
            PageSecurity.seeOther(response, wish.target());
        } else if (request.getUserPrincipal() == null) {
            PageSecurity.seeOther(response, wish.target());
        } else if (wish.confirmed()) {
            acts.end(
                    request,
                    response,
                    request.getUserPrincipal().getName(),
                    wish.client().orElse(""));
            PageSecurity.seeOther(response, wish.target());
        } else {
            pages.send(request, response, new Pages.Page(200, "sign-out", Map.of("fields", wish.fields())));
        }
    }

    private boolean isAllowed(Wish wish, Optional<IdTokenHints.Hint> hint) {
        var hinted = hint.map(IdTokenHints.Hint::clientId);
        boolean sameClient = hinted.isEmpty()
                || wish.client().isEmpty()
                || hinted.get().equals(wish.client().get());
        var client = hinted.or(wish::client);
        return sameClient
                && wish.redirect()
                        .map(target -> client.isPresent() && redirects.allows(client.get(), target))
                        .orElse(true);
    }

    /** What an application wants; a parameter without value is as good as none. */
    record Wish(
            Optional<String> hint,
            Optional<String> client,
            Optional<String> redirect,
            Optional<String> state,
            boolean confirmed) {

        private static final String REDIRECT = "post_logout_redirect_uri";

        static Wish of(HttpServletRequest request) {
            return new Wish(
                    given(request.getParameter("id_token_hint")),
                    given(request.getParameter("client_id")),
                    given(request.getParameter(REDIRECT)),
                    given(request.getParameter("state")),
                    request.getMethod().equals("POST") && request.getParameter(CONFIRMED) != null);
        }

        private static Optional<String> given(@Nullable String value) {
            return Optional.ofNullable(value).filter(text -> !text.isBlank());
        }

        /** Where the browser goes afterwards. */
        String target() {
            return redirect.map(address -> address
                            + state.map(text -> (address.contains("?") ? "&" : "?") + "state="
                                            + UriUtils.encode(text, StandardCharsets.UTF_8))
                                    .orElse(""))
                    .orElse("/login?signed-out");
        }

        /** What the page's form is to send again. */
        Map<String, String> fields() {
            return Map.of(
                    "client_id",
                    client.orElse(""),
                    REDIRECT,
                    redirect.orElse(""),
                    "state",
                    state.orElse(""),
                    CONFIRMED,
                    Objects.toString(true));
        }

        /** Nothing: an ID token has no place in a log. */
        @Override
        public String toString() {
            return "Wish";
        }
    }
}
