package org.rapport.access.spring;

import jakarta.servlet.Filter;
import java.util.List;
import java.util.stream.Stream;
import org.rapport.access.PublicOrigin;
import org.rapport.access.RegisteredOrigins;
import org.rapport.failure.spring.FailureWriter;
import org.rapport.revocation.RevokedGrants;
import org.rapport.revocation.spring.UnrevokedTokens;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.filter.CorsFilter;

/**
 * The filters in front of the FHIR base: no session, no cookie, so nothing to forge; a bearer token in the header or no
 * answer but A401. The chain is put together by hand because nothing that is not listed here may take part.
 */
@Configuration(proxyBeanMethods = false)
class FhirSecurityConfiguration {

    private static final RequestMatcher FHIR = anyOf("/fhir", "/fhir/**");
    private static final RequestMatcher OPEN_DOCUMENT = anyOf("/fhir/metadata", "/fhir/.well-known/**");
    private static final RequestMatcher OPEN = request -> OPEN_DOCUMENT.matches(request)
            && (HttpMethod.GET.matches(request.getMethod()) || HttpMethod.HEAD.matches(request.getMethod()));

    private static final List<String> METHODS = List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");

    @Bean
    @Order(20)
    SecurityFilterChain fhirSecurityFilterChain(
            JwtDecoder tokens, RevokedGrants revoked, PublicOrigin origin, ObjectProvider<RegisteredOrigins> apps) {
        AuthenticationEntryPoint refusal =
                (request, response, exception) -> FailureWriter.write(TokenFailure.of(exception), response);
        var forApps = new RegisteredCors(apps.getIfAvailable(() -> site -> false), METHODS);
        return new DefaultSecurityFilterChain(
                FHIR,
                List.of(
                        new SecurityContextHolderFilter(new RequestAttributeSecurityContextRepository()),
                        SafeHeaders.filter(origin, SafeHeaders.NO_CONTENT),
                        new CorsFilter(request -> OPEN_DOCUMENT.matches(request)
                                ? anyOriginMayRead()
                                : forApps.getCorsConfiguration(request)),
                        bearerTokens(new UnrevokedTokens(tokens, revoked), refusal),
                        new CallerFilter(OPEN, refusal)));
    }

    private static Filter bearerTokens(JwtDecoder tokens, AuthenticationEntryPoint refusal) {
        var filter = new BearerTokenAuthenticationFilter(new ProviderManager(new JwtAuthenticationProvider(tokens)));
        filter.setAuthenticationEntryPoint(refusal);
        filter.setAuthenticationFailureHandler(
                (request, response, exception) -> FailureWriter.write(TokenFailure.of(exception), response));
        return filter;
    }

    private static CorsConfiguration anyOriginMayRead() {
        var cors = new CorsConfiguration();
        cors.addAllowedOrigin(CorsConfiguration.ALL);
        cors.addAllowedMethod(HttpMethod.GET);
        cors.addAllowedHeader("Accept");
        return cors;
    }

    private static RequestMatcher anyOf(String... patterns) {
        return new OrRequestMatcher(Stream.of(patterns)
                .<RequestMatcher>map(PathPatternRequestMatcher.withDefaults()::matcher)
                .toList());
    }
}
