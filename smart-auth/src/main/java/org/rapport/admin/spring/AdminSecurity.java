package org.rapport.admin.spring;

import jakarta.servlet.Filter;
import java.time.Clock;
import java.util.List;
import org.rapport.access.PublicOrigin;
import org.rapport.access.spring.SafeHeaders;
import org.rapport.account.Role;
import org.rapport.account.spring.Faults;
import org.rapport.account.spring.PageSecurity;
import org.rapport.account.spring.Pages;
import org.rapport.revocation.RevokedGrants;
import org.rapport.revocation.spring.UnrevokedTokens;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;

/** Guards what administrators use: the pages by session and role, the API by token. */
@Configuration(proxyBeanMethods = false)
class AdminSecurity {

    private static final String[] PAGES = {"/admin", "/admin/**"};

    @Bean
    @Order(14)
    SecurityFilterChain adminApiChain(JwtDecoder tokens, RevokedGrants revoked, PublicOrigin origin, Clock clock) {
        return new DefaultSecurityFilterChain(
                PathPatternRequestMatcher.withDefaults().matcher("/admin/api/**"),
                List.of(
                        new SecurityContextHolderFilter(new RequestAttributeSecurityContextRepository()),
                        SafeHeaders.filter(origin, SafeHeaders.NO_CONTENT),
                        new Faults((request, response, status) ->
                                AdminProblem.write(response, status, "", "The fault is ours. Try again in a moment.")),
                        bearerTokens(new UnrevokedTokens(tokens, revoked)),
                        new AdminTokenFilter(clock)));
    }

    private static Filter bearerTokens(JwtDecoder tokens) {
        var filter = new BearerTokenAuthenticationFilter(new ProviderManager(new JwtAuthenticationProvider(tokens)));
        filter.setAuthenticationEntryPoint(
                (request, response, why) -> AdminProblem.write(response, 401, "Bearer", "An access token is needed."));
        filter.setAuthenticationFailureHandler((request, response, why) -> {
            if (why instanceof AuthenticationServiceException) {
                response.setHeader("Retry-After", "5");
                AdminProblem.write(response, 503, "", "The token cannot be checked now. Try again in a moment.");
            } else {
                AdminProblem.write(response, 401, "Bearer error=\"invalid_token\"", "The access token is not good.");
            }
        });
        return filter;
    }

    @Bean
    @Order(15)
    SecurityFilterChain adminPagesChain(HttpSecurity http, Pages pages, PublicOrigin origin) {
        try {
            return http.securityMatcher(PAGES)
                    .addFilterAfter(
                            new Faults((request, response, status) ->
                                    pages.send(request, response, Pages.Page.problem(status, "fault"))),
                            HeaderWriterFilter.class)
                    .authorizeHttpRequests(paths -> paths.anyRequest().hasRole(Role.ADMIN.code()))
                    .exceptionHandling(answers -> answers.authenticationEntryPoint(PageSecurity.toSignIn())
                            .accessDeniedHandler((request, response, denied) -> pages.send(
                                    request,
                                    response,
                                    Pages.Page.problem(
                                            403, denied instanceof CsrfException ? "refused" : "no-administrator"))))
                    .headers(headers -> PageSecurity.headers(headers, origin))
                    .build();
        } catch (Exception e) {
            throw new IllegalStateException("The pages of administrators cannot be set up.", e);
        }
    }
}
