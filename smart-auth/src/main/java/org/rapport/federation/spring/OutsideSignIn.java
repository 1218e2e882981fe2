package org.rapport.federation.spring;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.rapport.account.Account;
import org.rapport.account.Accounts;
import org.rapport.account.spring.FirstProof;
import org.rapport.account.spring.PageSecurity;
import org.rapport.account.spring.Pages;
import org.rapport.audit.Agent;
import org.rapport.audit.SecurityEvent;
import org.rapport.audit.SecurityLog;
import org.rapport.federation.FederationSettings;
import org.rapport.federation.OutsideIdentities;
import org.rapport.federation.OutsideIdentities.Identity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;

/** Goes on with somebody whom an outside provider has vouched for: signs in, or links. */
final class OutsideSignIn implements AuthenticationSuccessHandler {

    /** Session attribute: the user name that asked for the link which the provider's answer is to make. */
    static final String LINKING = "org.rapport.federation.linking";

    private static final String METHOD = "fed";

    private final FederationSettings settings;
    private final OutsideIdentities identities;
    private final Accounts accounts;
    private final FirstProof proof;
    private final Answers answers;

    OutsideSignIn(
            FederationSettings settings,
            OutsideIdentities identities,
            Accounts accounts,
            FirstProof proof,
            Answers answers) {
        this.settings = settings;
        this.identities = identities;
        this.accounts = accounts;
        this.proof = proof;
        this.answers = answers;
    }

    @Override
    public void onAuthenticationSuccess(
            HttpServletRequest request, HttpServletResponse response, Authentication outside) throws IOException {
        SecurityContextHolder.clearContext();
        var token = (OAuth2AuthenticationToken) outside;
        var claims = ((OidcUser) token.getPrincipal()).getIdToken().getClaims();
        var identity = new Identity(token.getAuthorizedClientRegistrationId(), Objects.toString(claims.get("sub"), ""));
        var provider = Objects.requireNonNull(settings.providers().get(identity.provider()));
        var linking = takeLinking(request);
        if (identity.subject().isEmpty() || !provider.admits(claims)) {
            answers.refuse(request, response, identity, "outside-refused");
        } else if (linking.isPresent()) {
            link(request, response, identity, linking.get());
        } else {
            signIn(request, response, identity, claims);
        }
    }

    private void signIn(
            HttpServletRequest request, HttpServletResponse response, Identity identity, Map<String, Object> claims)
            throws IOException {
        var account = identities.accountOf(identity).flatMap(accounts::find).filter(Account::enabled);
        if (account.isEmpty()) {
            answers.refuse(request, response, identity, "outside-unknown");
            return;
        }
        var provider = Objects.requireNonNull(settings.providers().get(identity.provider()));
        if (provider.vouchesForFactor(claims)) {
            proof.givenWithFactor(request, response, account.get(), METHOD);
        } else {
            proof.given(request, response, account.get(), METHOD);
        }
    }

    /** Only in the browser in which the same person is still signed in. */
    private void link(HttpServletRequest request, HttpServletResponse response, Identity identity, String username)
            throws IOException {
        if (signedIn(request).filter(username::equals).isEmpty()) {
            answers.refuse(request, response, identity, "outside-refused");
        } else if (identities.link(identity, username, Agent.signedIn(username, request.getRemoteAddr()))) {
            PageSecurity.seeOther(response, "/account/outside");
        } else {
            answers.refuse(request, response, identity, "outside-taken");
        }
    }

    private static Optional<String> takeLinking(HttpServletRequest request) {
        var session = request.getSession();
        var linking = session.getAttribute(LINKING);
        session.removeAttribute(LINKING);
        return Optional.ofNullable((String) linking);
    }

    private static Optional<String> signedIn(HttpServletRequest request) {
        var context =
                request.getSession().getAttribute(HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY);
        return context instanceof SecurityContext signedIn && signedIn.getAuthentication() != null
                ? Optional.of(signedIn.getAuthentication().getName())
                : Optional.empty();
    }

    /**
     * How a sign-in is refused: a page that says what to do, and an audit row.
     *
     * @param pages shows it
     * @param log keeps it
     */
    record Answers(Pages pages, SecurityLog log) {

        void refuse(HttpServletRequest request, HttpServletResponse response, Identity identity, String why)
                throws IOException {
            log.record(SecurityEvent.failed(
                    SecurityEvent.Kind.SIGN_IN, Agent.unknown(request.getRemoteAddr()), identity.provider(), why));
            pages.send(request, response, Pages.Page.problem(HttpServletResponse.SC_FORBIDDEN, why));
        }
    }
}
