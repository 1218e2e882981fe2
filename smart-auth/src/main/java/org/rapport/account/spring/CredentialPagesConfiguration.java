package org.rapport.account.spring;

import org.rapport.access.PublicOrigin;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.header.HeaderWriterFilter;

/** Guards the pages by which people get an account, and change what they sign in with. */
@Configuration(proxyBeanMethods = false)
class CredentialPagesConfiguration {

    private static final String[] OPEN = {"/login/reset", "/login/reset/link", "/email/link", "/invitation"};
    private static final String[] SIGNED_IN = {"/account/email", "/account/password", "/account/invitations"};
    private static final String[] WITH_TOKEN = {"/login/reset/*", "/email/*"};

    @Bean
    @Order(15)
    SecurityFilterChain credentialPagesChain(HttpSecurity http, Pages pages, PublicOrigin origin) {
        try {
            return http.securityMatchers(paths -> paths.requestMatchers(OPEN).requestMatchers(SIGNED_IN))
                    .addFilterAfter(new Faults(Faults.page(pages)), HeaderWriterFilter.class)
                    .addFilterAfter(new FormsOnly(pages), CsrfFilter.class)
                    .authorizeHttpRequests(paths ->
                            paths.requestMatchers(OPEN).permitAll().anyRequest().authenticated())
                    .exceptionHandling(answers -> answers.authenticationEntryPoint(PageSecurity.toSignIn())
                            .accessDeniedHandler(PageSecurity.refused(pages)))
                    .headers(headers -> PageSecurity.headers(headers, origin))
                    .build();
        } catch (Exception e) {
            throw new IllegalStateException("The pages of accounts cannot be set up.", e);
        }
    }

    @Bean
    FilterRegistrationBean<LinkTokenFilter> linkTokenFilter() {
        var registration = new FilterRegistrationBean<>(new LinkTokenFilter());
        registration.addUrlPatterns(WITH_TOKEN);
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }
}
