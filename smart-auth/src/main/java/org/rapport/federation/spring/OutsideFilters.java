package org.rapport.federation.spring;

import java.time.Clock;
import org.rapport.federation.OutsideIdentities.Identity;
import org.rapport.work.Causes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.oauth2.client.oidc.authentication.OidcAuthorizationCodeAuthenticationProvider;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestRedirectFilter;
import org.springframework.security.oauth2.client.web.OAuth2LoginAuthenticationFilter;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;

/**
 * The two ends of the way to a provider and back, with state, nonce and PKCE.
 *
 * @param registrations the providers
 * @param signIn what follows when one has vouched for somebody
 * @param answers what follows when none has
 * @param clock tells which ID tokens are alive
 */
record OutsideFilters(
        ClientRegistrationRepository registrations, OutsideSignIn signIn, OutsideSignIn.Answers answers, Clock clock) {

    private static final Logger LOG = LoggerFactory.getLogger(OutsideFilters.class);

    static final String START = "/login/outside";
    private static final String CALLBACK = START + "/*/callback";

    OAuth2AuthorizationRequestRedirectFilter start() {
        var resolver = new DefaultOAuth2AuthorizationRequestResolver(registrations, START);
        resolver.setAuthorizationRequestCustomizer(OAuth2AuthorizationRequestCustomizers.withPkce());
        var filter = new OAuth2AuthorizationRequestRedirectFilter(resolver);
        filter.setAuthenticationFailureHandler(failed());
        return filter;
    }

    /** The person whom the provider vouched for is never the security context of the session: only an account is. */
    OAuth2LoginAuthenticationFilter callback() {
        var filter = new OAuth2LoginAuthenticationFilter(registrations, new NothingKept(), CALLBACK);
        filter.setAuthenticationManager(new ProviderManager(provider()));
        filter.setSecurityContextRepository(new RequestAttributeSecurityContextRepository());
        filter.setAuthenticationSuccessHandler(signIn);
        filter.setAuthenticationFailureHandler(failed());
        return filter;
    }

    private OidcAuthorizationCodeAuthenticationProvider provider() {
        var users = new OidcUserService();
        users.setRetrieveUserInfo(request -> false);
        var provider = new OidcAuthorizationCodeAuthenticationProvider(OutsideWeb.tokens(), users);
        provider.setJwtDecoderFactory(OutsideWeb.idTokens(clock));
        return provider;
    }

    private AuthenticationFailureHandler failed() {
        return (request, response, why) -> {
            LOG.warn("A sign-in by an outside provider failed ({})", Causes.of(why));
            answers.refuse(request, response, new Identity("", ""), "outside-failed");
        };
    }
}
