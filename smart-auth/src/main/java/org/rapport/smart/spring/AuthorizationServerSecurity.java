package org.rapport.smart.spring;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.List;
import org.rapport.access.PublicOrigin;
import org.rapport.account.spring.Faults;
import org.rapport.account.spring.PageSecurity;
import org.rapport.account.spring.Pages;
import org.rapport.authorize.spring.AuthorizationFlow;
import org.rapport.authorize.spring.PostedAuthorization;
import org.rapport.breakglass.spring.EmergencyExchange;
import org.rapport.factor.signin.spring.FreshSignIn;
import org.rapport.registration.RegistrationSettings;
import org.rapport.smart.ServerMetadata;
import org.rapport.smart.SmartScope;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientCredentialsAuthenticationContext;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientCredentialsAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientCredentialsAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2DeviceCodeAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2TokenExchangeAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.config.annotation.web.configurers.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.logout.LogoutFilter;
import org.springframework.security.web.header.HeaderWriterFilter;

/** Guards the endpoints of the authorization server. */
@Configuration(proxyBeanMethods = false)
class AuthorizationServerSecurity {

    private static final String AUTHORIZE = "/oauth2/authorize";
    private static final String JWKS = "/oauth2/jwks";
    private static final String METADATA = "/.well-known/oauth-authorization-server";
    private static final String OPENID_METADATA = "/.well-known/openid-configuration";

    /** The endpoints there are; what else Spring Authorization Server could answer is not reached. */
    private static final String[] ENDPOINTS = {
        AUTHORIZE,
        AuthorizationFlow.PAGE,
        "/oauth2/token",
        "/oauth2/introspect",
        "/oauth2/revoke",
        JWKS,
        METADATA,
        OPENID_METADATA
    };

    private final PublicOrigin origin;
    private final TokenExchanges exchanges;
    private final RegistrationSettings registration;
    private final OAuthCors cors;
    private final EmergencyExchange emergencies;

    AuthorizationServerSecurity(
            PublicOrigin origin,
            TokenExchanges exchanges,
            RegistrationSettings registration,
            OAuthCors cors,
            EmergencyExchange emergencies) {
        this.origin = origin;
        this.exchanges = exchanges;
        this.registration = registration;
        this.cors = cors;
        this.emergencies = emergencies;
    }

    @Bean
    @Order(10)
    SecurityFilterChain authorizationServerChain(
            HttpSecurity http,
            ClientIdentification identification,
            OAuthAnswers answers,
            AuthorizationFlow flow,
            Clock clock,
            Pages pages) {
        try {
            http.with(
                    OAuth2AuthorizationServerConfigurer.authorizationServer(),
                    server -> server(server, identification, answers, flow));
            return http.securityMatcher(ENDPOINTS)
                    .addFilterAfter(new Faults(answers::fault), HeaderWriterFilter.class)
                    .addFilterAfter(new PostedAuthorization(AUTHORIZE), Faults.class)
                    .addFilterAfter(new FreshSignIn(clock), LogoutFilter.class)
                    .authorizeHttpRequests(endpoints -> endpoints.anyRequest().authenticated())
                    .cors(cors -> cors.configurationSource(this.cors))
                    .exceptionHandling(refusals -> refusals.accessDeniedHandler(PageSecurity.refused(pages))
                            .defaultAuthenticationEntryPointFor(
                                    PageSecurity.toSignIn(), AuthorizationServerSecurity::isForPeople)
                            .defaultAuthenticationEntryPointFor(
                                    identification.refusal(answers::tokenError)::onAuthenticationFailure,
                                    request -> !isForPeople(request)))
                    .headers(headers -> PageSecurity.headers(headers, origin))
                    .build();
        } catch (Exception e) {
            throw new IllegalStateException("The authorization server cannot be set up.", e);
        }
    }

    private void server(
            OAuth2AuthorizationServerConfigurer server,
            ClientIdentification identification,
            OAuthAnswers answers,
            AuthorizationFlow flow) {
        var metadata = new ServerMetadata(origin, registration.enabled());
        var introspection = new Introspection(origin);
        server.clientAuthentication(client -> client.authenticationConverters(identification::converters)
                        .authenticationProviders(identification::providers)
                        .errorResponseHandler(identification.refusal(answers::tokenError)))
                .authorizationEndpoint(authorize -> authorize
                        .authorizationRequestConverters(flow::converters)
                        .authenticationProviders(flow::providers)
                        .consentPage(origin.baseUrl() + AuthorizationFlow.PAGE)
                        .authorizationResponseHandler(answers::code)
                        .errorResponseHandler(answers::authorizationError))
                .tokenEndpoint(token -> token.accessTokenRequestConverter(EmergencyExchange.converter(origin))
                        .authenticationProviders(this::grantRules)
                        .accessTokenResponseHandler(OAuthAnswers.tokenResponse())
                        .errorResponseHandler(answers::tokenError))
                .tokenIntrospectionEndpoint(introspect -> introspect
                        .introspectionResponseHandler(introspection::answer)
                        .authenticationProviders(exchanges::introspection)
                        .errorResponseHandler(answers::tokenError))
                .tokenRevocationEndpoint(revoke ->
                        revoke.authenticationProviders(exchanges::revocation).errorResponseHandler(answers::tokenError))
                .authorizationServerMetadataEndpoint(document ->
                        document.authorizationServerMetadataCustomizer(builder -> builder.claims(metadata::correct)))
                .oidc(openid -> openid.providerConfigurationEndpoint(document ->
                        document.providerConfigurationCustomizer(builder -> builder.claims(metadata::correct))));
    }

    private void grantRules(List<AuthenticationProvider> providers) {
        providers.removeIf(provider -> provider instanceof OAuth2DeviceCodeAuthenticationProvider
                || provider instanceof OAuth2TokenExchangeAuthenticationProvider);
        providers.forEach(provider -> {
            if (provider instanceof OAuth2ClientCredentialsAuthenticationProvider backend) {
                backend.setAuthenticationValidator(AuthorizationServerSecurity::requireScopes);
            }
        });
        providers.replaceAll(exchanges::locked);
        providers.add(emergencies);
    }

    private static void requireScopes(OAuth2ClientCredentialsAuthenticationContext context) {
        OAuth2ClientCredentialsAuthenticationToken request = context.getAuthentication();
        if (request.getScopes().isEmpty()
                || !SmartScope.allows(context.getRegisteredClient().getScopes(), request.getScopes())) {
            throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_SCOPE);
        }
    }

    /** Whether the request comes from a browser with a person in front of it. */
    static boolean isForPeople(HttpServletRequest request) {
        return request.getRequestURI().equals(AUTHORIZE)
                || request.getRequestURI().equals(AuthorizationFlow.PAGE);
    }
}
