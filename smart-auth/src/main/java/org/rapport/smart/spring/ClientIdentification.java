package org.rapport.smart.spring;

import com.nimbusds.jwt.JWTParser;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rapport.account.AttemptThrottle;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.server.authorization.authentication.ClientSecretAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.JwtClientAssertionAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.X509ClientCertificateAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.web.authentication.ClientSecretBasicAuthenticationConverter;
import org.springframework.security.oauth2.server.authorization.web.authentication.ClientSecretPostAuthenticationConverter;
import org.springframework.security.oauth2.server.authorization.web.authentication.JwtClientAssertionAuthenticationConverter;
import org.springframework.security.oauth2.server.authorization.web.authentication.PublicClientAuthenticationConverter;
import org.springframework.security.web.authentication.AuthenticationConverter;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/**
 * Recognises the client of a token request.
 *
 * <p>Beside what Spring Authorization Server knows: an assertion without {@code client_id}, as SMART backend services
 * send it, and a public client that refreshes, exchanges or revokes its token, for which the token is the only proof.
 */
final class ClientIdentification implements AuthenticationProvider {

    /** Error of a client whose secret was wrong too often from one address. */
    static final String TOO_MANY_ATTEMPTS = "too_many_attempts";

    /** How long such a client waits. */
    static final String HOLD_SECONDS = "300";

    private static final ClientAuthenticationMethod BY_ITS_TOKEN = new ClientAuthenticationMethod("by_its_token");

    /** Of a public client that brings a code and no verifier: the verifier is what would have proven the code its own. */
    private static final String CODE_ALONE = "code_alone";

    private static final List<String> CREDENTIALS =
            List.of(OAuth2ParameterNames.CLIENT_SECRET, OAuth2ParameterNames.CLIENT_ASSERTION);

    private static final Set<ClientAuthenticationMethod> BY_SECRET =
            Set.of(ClientAuthenticationMethod.CLIENT_SECRET_BASIC, ClientAuthenticationMethod.CLIENT_SECRET_POST);

    private static final int MOST_FAILURES = 10;
    private static final Duration HOLD = Duration.ofMinutes(5);
    private static final int SOURCES = 10_000;

    private final RegisteredClientRepository clients;
    private final AssertionDecoders assertions;
    private final AttemptThrottle failures;
    private final ClientRefusals refusals;
    private final PasswordEncoder secrets;
    private final String hashOfNobody;

    ClientIdentification(
            RegisteredClientRepository clients,
            AssertionDecoders assertions,
            ClientRefusals refusals,
            PasswordEncoder secrets,
            Clock clock) {
        this.clients = clients;
        this.refusals = refusals;
        this.secrets = secrets;
        this.hashOfNobody = secrets.encode("no client has this secret");
        this.assertions = assertions;
        this.failures = new AttemptThrottle(MOST_FAILURES, HOLD, SOURCES, clock);
    }

    /** Replaces the ways to find the client's credentials in a request. */
    void converters(List<AuthenticationConverter> converters) {
        converters.clear();
        converters.add(ClientIdentification::assertion);
        converters.add(new ClientSecretBasicAuthenticationConverter());
        converters.add(new ClientSecretPostAuthenticationConverter());
        converters.add(new PublicClientAuthenticationConverter());
        converters.add(ClientIdentification::byItsToken);
    }

    /** Adjusts the ways to check them. */
    void providers(List<AuthenticationProvider> providers) {
        providers.removeIf(X509ClientCertificateAuthenticationProvider.class::isInstance);
        providers.forEach(provider -> {
            if (provider instanceof JwtClientAssertionAuthenticationProvider assertion) {
                assertion.setJwtDecoderFactory(assertions);
            }
        });
        providers.replaceAll(provider ->
                provider instanceof ClientSecretAuthenticationProvider ? new Throttled(provider) : provider);
        providers.add(this);
    }

    /** Writes down that a client was not recognised, and answers. */
    AuthenticationFailureHandler refusal(AuthenticationFailureHandler answer) {
        return (request, response, why) -> {
            refusals.record(request, why);
            answer.onAuthenticationFailure(request, response, why);
        };
    }

    @Override
    public @Nullable Authentication authenticate(Authentication request) {
        var client = (OAuth2ClientAuthenticationToken) request;
        if (!BY_ITS_TOKEN.equals(client.getClientAuthenticationMethod())) {
            return null;
        }
        RegisteredClient registered = clients.findByClientId(client.getName());
        if (registered == null
                || !registered.getClientAuthenticationMethods().contains(ClientAuthenticationMethod.NONE)) {
            throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_CLIENT);
        }
        if (Boolean.TRUE.equals(client.getAdditionalParameters().get(CODE_ALONE))) {
            throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_GRANT);
        }
        return new OAuth2ClientAuthenticationToken(registered, ClientAuthenticationMethod.NONE, null);
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return OAuth2ClientAuthenticationToken.class.isAssignableFrom(authentication);
    }

    private static @Nullable Authentication assertion(HttpServletRequest request) {
        var assertion = request.getParameter(OAuth2ParameterNames.CLIENT_ASSERTION);
        if (assertion == null || request.getParameter(OAuth2ParameterNames.CLIENT_ASSERTION_TYPE) == null) {
            return null;
        }
        var named = request.getParameter(OAuth2ParameterNames.CLIENT_ID);
        return new JwtClientAssertionAuthenticationConverter()
                .convert(named == null ? new WithClientId(request, subject(assertion)) : request);
    }

    private static String subject(String assertion) {
        try {
            var subject = JWTParser.parse(assertion).getJWTClaimsSet().getSubject();
            if (subject != null && !subject.isBlank()) {
                return subject;
            }
        } catch (ParseException e) {
            throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_CLIENT);
        }
        throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_CLIENT);
    }

    private static @Nullable Authentication byItsToken(HttpServletRequest request) {
        var ids = request.getParameterValues(OAuth2ParameterNames.CLIENT_ID);
        var grant = request.getParameter(OAuth2ParameterNames.GRANT_TYPE);
        boolean bringsCode =
                AuthorizationGrantType.AUTHORIZATION_CODE.getValue().equals(grant);
        boolean hasToken = bringsCode
                || AuthorizationGrantType.REFRESH_TOKEN.getValue().equals(grant)
                || AuthorizationGrantType.TOKEN_EXCHANGE.getValue().equals(grant)
                || request.getRequestURI().endsWith("/revoke");
        if (ids == null
                || ids.length != 1
                || !hasToken
                || request.getHeader("Authorization") != null
                || CREDENTIALS.stream().anyMatch(name -> request.getParameter(name) != null)) {
            return null;
        }
        return new OAuth2ClientAuthenticationToken(ids[0], BY_ITS_TOKEN, null, Map.of(CODE_ALONE, bringsCode));
    }

    /**
     * Guessing a secret takes too long to be worth it, and keeps nobody out who asks from elsewhere. A client that is
     * unknown or has no secret costs the same time as a wrong secret.
     */
    private final class Throttled implements AuthenticationProvider {

        private final AuthenticationProvider check;

        Throttled(AuthenticationProvider check) {
            this.check = check;
        }

        @Override
        public @Nullable Authentication authenticate(Authentication request) {
            var address = request.getDetails() instanceof WebAuthenticationDetails web ? web.getRemoteAddress() : "";
            var source = request.getName() + ' ' + address;
            if (failures.holds(source)) {
                throw new OAuth2AuthenticationException(TOO_MANY_ATTEMPTS);
            }
            try {
                var client = hasSecret(request) ? check.authenticate(request) : refusal(request);
                if (client != null) {
                    failures.succeeded(source);
                }
                return client;
            } catch (OAuth2AuthenticationException wrong) {
                if (wrong.getError().getErrorCode().equals(OAuth2ErrorCodes.INVALID_CLIENT)) {
                    failures.failed(source);
                }
                throw wrong;
            }
        }

        private boolean hasSecret(Authentication request) {
            var method = ((OAuth2ClientAuthenticationToken) request).getClientAuthenticationMethod();
            if (!BY_SECRET.contains(method)) {
                return true;
            }
            var client = clients.findByClientId(request.getName());
            return client != null && client.getClientAuthenticationMethods().contains(method);
        }

        private Authentication refusal(Authentication request) {
            secrets.matches(String.valueOf(request.getCredentials()), hashOfNobody);
            throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_CLIENT);
        }

        @Override
        public boolean supports(Class<?> authentication) {
            return check.supports(authentication);
        }
    }

    /** The request as if it had named its client. */
    private static final class WithClientId extends HttpServletRequestWrapper {

        private final String clientId;

        WithClientId(HttpServletRequest request, String clientId) {
            super(request);
            this.clientId = clientId;
        }

        @Override
        public Map<String, String[]> getParameterMap() {
            var parameters = new HashMap<>(super.getParameterMap());
            parameters.put(OAuth2ParameterNames.CLIENT_ID, new String[] {clientId});
            return parameters;
        }
    }
}
