package org.rapport.federation.spring;

import org.rapport.access.PublicOrigin;
import org.rapport.account.spring.Faults;
import org.rapport.account.spring.FormsOnly;
import org.rapport.account.spring.PageSecurity;
import org.rapport.account.spring.Pages;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.header.HeaderWriterFilter;

/** Guards the pages of outside providers, and takes their answers. */
@Configuration(proxyBeanMethods = false)
class OutsideSecurity {

    private static final String[] OPEN = {OutsideFilters.START, OutsideFilters.START + "/**"};
    private static final String[] SIGNED_IN = {"/account/outside", "/account/outside/**"};

    @Bean
    @Order(16)
    SecurityFilterChain outsidePagesChain(HttpSecurity http, OutsideFilters filters, Pages pages, PublicOrigin origin) {
        try {
            return http.securityMatchers(paths -> paths.requestMatchers(OPEN).requestMatchers(SIGNED_IN))
                    .addFilterAfter(new Faults(Faults.page(pages)), HeaderWriterFilter.class)
                    .addFilterAfter(new FormsOnly(pages), CsrfFilter.class)
                    .addFilter(filters.start())
                    .addFilter(filters.callback())
                    .authorizeHttpRequests(paths ->
                            paths.requestMatchers(OPEN).permitAll().anyRequest().authenticated())
                    .exceptionHandling(answers -> answers.authenticationEntryPoint(PageSecurity.toSignIn())
                            .accessDeniedHandler(PageSecurity.refused(pages)))
                    .headers(headers -> PageSecurity.headers(headers, origin))
                    .build();
        } catch (Exception e) {
            throw new IllegalStateException("The pages of outside providers cannot be set up.", e);
        }
    }
}
