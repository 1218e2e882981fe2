package org.rapport.account.spring;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import org.rapport.access.PublicOrigin;
import org.rapport.account.Accounts;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;

/** Guards the sign-in pages and handles their forms. */
@Configuration(proxyBeanMethods = false)
class SignInConfiguration {

    private static final String[] OPEN = {"/login", "/setup", "/assets/rapport.css"};
    private static final String[] SIGNED_IN = {"/account", "/logout"};
    private static final String HOLD_SECONDS = "300";

    @Bean
    PasswordSignIn passwordSignIn(Accounts accounts, PasswordEncoder passwords, Clock clock) {
        return new PasswordSignIn(accounts, passwords, clock);
    }

    @Bean
    @Order(20)
    SecurityFilterChain accountPagesChain(HttpSecurity http, PasswordSignIn signIn, Pages pages, PublicOrigin origin) {
        try {
            return http.securityMatchers(paths -> paths.requestMatchers(OPEN).requestMatchers(SIGNED_IN))
                    .authenticationProvider(signIn)
                    .addFilterAfter(new Faults(Faults.page(pages)), HeaderWriterFilter.class)
                    .authorizeHttpRequests(paths ->
                            paths.requestMatchers(OPEN).permitAll().anyRequest().authenticated())
                    .formLogin(form -> form.loginPage("/login")
                            .successHandler((request, response, who) -> toWhereTheyWanted(request, response))
                            .failureHandler((request, response, why) -> again(pages, request, response, why)))
                    .logout(logout -> logout.logoutSuccessHandler(
                            (request, response, who) -> PageSecurity.seeOther(response, "/login?signed-out")))
                    .exceptionHandling(answers -> answers.authenticationEntryPoint(PageSecurity.toSignIn())
                            .accessDeniedHandler(PageSecurity.refused(pages)))
                    .headers(headers -> PageSecurity.headers(headers, origin))
                    .build();
        } catch (Exception e) {
            throw new IllegalStateException("The sign-in pages cannot be set up.", e);
        }
    }

    private static void toWhereTheyWanted(HttpServletRequest request, HttpServletResponse response) {
        var saved = new HttpSessionRequestCache().getRequest(request, response);
        PageSecurity.seeOther(response, saved == null ? "/account" : pathOf(URI.create(saved.getRedirectUrl())));
    }

    private static String pathOf(URI wanted) {
        return wanted.getRawQuery() == null ? wanted.getRawPath() : wanted.getRawPath() + '?' + wanted.getRawQuery();
    }

    private static void again(
            Pages pages, HttpServletRequest request, HttpServletResponse response, AuthenticationException why)
            throws IOException {
        boolean held = why instanceof LockedException;
        if (held) {
            response.setHeader("Retry-After", HOLD_SECONDS);
        }
        pages.send(
                request,
                response,
                new Pages.Page(held ? 429 : 401, "login", Map.of("notice", held ? "throttled" : "wrong")));
    }
}
