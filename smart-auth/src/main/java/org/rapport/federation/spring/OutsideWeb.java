package org.rapport.federation.spring;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenValidator;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderFactory;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

/** How this server speaks to outside providers: five seconds for everything, no redirects. */
final class OutsideWeb {

    private static final Duration TIME_LIMIT = Duration.ofSeconds(5);

    private OutsideWeb() {}

    static RestClient client() {
        return RestClient.builder().requestFactory(requests()).build();
    }

    static RestClientAuthorizationCodeTokenResponseClient tokens() {
        var tokens = new RestClientAuthorizationCodeTokenResponseClient();
        tokens.setRestClient(RestClient.builder()
                .requestFactory(requests())
                .messageConverters(converters -> {
                    converters.clear();
                    converters.add(new FormHttpMessageConverter());
                    converters.add(new OAuth2AccessTokenResponseHttpMessageConverter());
                })
                .defaultStatusHandler(new OAuth2ErrorResponseErrorHandler())
                .build());
        return tokens;
    }

    /** Takes ID tokens signed by the provider's published keys; RS256 or ES256. */
    static JwtDecoderFactory<ClientRegistration> idTokens(Clock clock) {
        Map<String, JwtDecoder> decoders = new ConcurrentHashMap<>();
        return registration ->
                decoders.computeIfAbsent(registration.getRegistrationId(), first -> decoder(registration, clock));
    }

    private static JwtDecoder decoder(ClientRegistration registration, Clock clock) {
        var decoder = NimbusJwtDecoder.withJwkSetUri(
                        registration.getProviderDetails().getJwkSetUri())
                .restOperations(new RestTemplate(requests()))
                .jwsAlgorithm(SignatureAlgorithm.RS256)
                .jwsAlgorithm(SignatureAlgorithm.ES256)
                .build();
        var alive = new JwtTimestampValidator();
        alive.setClock(clock);
        var ours = new OidcIdTokenValidator(registration);
        ours.setClock(clock);
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(alive, ours));
        return decoder;
    }

    private static SimpleClientHttpRequestFactory requests() {
        var requests = new SimpleClientHttpRequestFactory() {
            @Override
            protected void prepareConnection(HttpURLConnection connection, String method) throws IOException {
                super.prepareConnection(connection, method);
                connection.setInstanceFollowRedirects(false);
            }
        };
        requests.setConnectTimeout(TIME_LIMIT);
        requests.setReadTimeout(TIME_LIMIT);
        return requests;
    }
}
