package org.rapport.factor.spring;

import org.rapport.access.PublicOrigin;
import org.rapport.account.spring.Faults;
import org.rapport.account.spring.FormsOnly;
import org.rapport.account.spring.PageSecurity;
import org.rapport.account.spring.Pages;
import org.rapport.factor.signin.spring.SignIn;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.header.HeaderWriterFilter;

/** Guards the pages of factors. */
@Configuration(proxyBeanMethods = false)
class FactorSecurity {

    private static final String[] BEFORE_SIGN_IN = {
        SignIn.FACTOR_PAGE,
        SignIn.FACTOR_PAGE + "/*",
        SignIn.ENROLMENT_PAGE,
        SignIn.ENROLMENT_PAGE + "/*",
        PasskeyPage.PAGE,
        PasskeyPage.SCRIPT
    };
    private static final String[] SIGNED_IN = {
        StepUp.PAGE, StepUp.PAGE + "/*", SignIn.FACTORS_PAGE, SignIn.FACTORS_PAGE + "/*"
    };

    @Bean
    @Order(19)
    SecurityFilterChain factorPagesChain(HttpSecurity http, Pages pages, PublicOrigin origin) {
        try {
            return http.securityMatchers(
                            paths -> paths.requestMatchers(BEFORE_SIGN_IN).requestMatchers(SIGNED_IN))
                    .addFilterAfter(new Faults(Faults.page(pages)), HeaderWriterFilter.class)
                    .addFilterAfter(new FormsOnly(pages), CsrfFilter.class)
                    .authorizeHttpRequests(paths -> paths.requestMatchers(BEFORE_SIGN_IN)
                            .permitAll()
                            .anyRequest()
                            .authenticated())
                    .exceptionHandling(answers -> answers.authenticationEntryPoint(PageSecurity.toSignIn())
                            .accessDeniedHandler(PageSecurity.refused(pages)))
                    .headers(headers -> PageSecurity.headers(headers, origin))
                    .build();
        } catch (Exception e) {
            throw new IllegalStateException("The pages of factors cannot be set up.", e);
        }
    }
}
