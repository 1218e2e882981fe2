package org.rapport.account.spring;

import java.time.Clock;
import org.rapport.access.PublicOrigin;
import org.rapport.account.Accounts;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.header.HeaderWriterFilter;

/** Guards the sign-in pages; {@link PasswordForm} takes what is typed into them. */
@Configuration(proxyBeanMethods = false)
class SignInConfiguration {

    private static final String[] OPEN = {"/login", "/setup", "/assets/rapport.css"};
    private static final String[] SIGNED_IN = {"/account", "/logout"};

    @Bean
    PasswordCheck passwordCheck(Accounts accounts, PasswordEncoder passwords, Clock clock) {
        return new PasswordCheck(accounts, passwords, clock);
    }

    @Bean
    @Order(20)
    SecurityFilterChain accountPagesChain(HttpSecurity http, Pages pages, PublicOrigin origin) {
        try {
            return http.securityMatchers(paths -> paths.requestMatchers(OPEN).requestMatchers(SIGNED_IN))
                    .addFilterAfter(new Faults(Faults.page(pages)), HeaderWriterFilter.class)
                    .addFilterAfter(new FormsOnly(pages), CsrfFilter.class)
                    .authorizeHttpRequests(paths ->
                            paths.requestMatchers(OPEN).permitAll().anyRequest().authenticated())
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
}
