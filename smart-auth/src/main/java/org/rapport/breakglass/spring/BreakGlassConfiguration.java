package org.rapport.breakglass.spring;

import java.time.Clock;
import org.rapport.access.PatientDirectory;
import org.rapport.access.PublicOrigin;
import org.rapport.account.AccountLedger;
import org.rapport.account.AccountNotices;
import org.rapport.account.Accounts;
import org.rapport.account.spring.Faults;
import org.rapport.account.spring.FormsOnly;
import org.rapport.account.spring.PageSecurity;
import org.rapport.account.spring.Pages;
import org.rapport.breakglass.BreakGlass;
import org.rapport.breakglass.EmergencyWork;
import org.rapport.breakglass.Reviews;
import org.rapport.breakglass.Witnesses;
import org.rapport.contact.OfficerMails;
import org.rapport.factor.Factors;
import org.rapport.factor.spring.StepUp;
import org.rapport.session.Grants;
import org.rapport.session.Sessions;
import org.rapport.work.Work;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.oauth2.core.OAuth2Token;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenGenerator;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.header.HeaderWriterFilter;

/** Wires and guards emergencies. */
@Configuration(proxyBeanMethods = false)
class BreakGlassConfiguration {

    @Bean
    @Order(15)
    SecurityFilterChain breakGlassChain(HttpSecurity http, Pages pages, PublicOrigin origin) {
        try {
            return http.securityMatcher(BreakGlassPages.PAGE, BreakGlassPages.PAGE + "/*")
                    .addFilterAfter(new Faults(Faults.page(pages)), HeaderWriterFilter.class)
                    .addFilterAfter(new FormsOnly(pages), CsrfFilter.class)
                    .authorizeHttpRequests(paths -> paths.anyRequest().authenticated())
                    .exceptionHandling(answers -> answers.authenticationEntryPoint(PageSecurity.toSignIn())
                            .accessDeniedHandler(PageSecurity.refused(pages)))
                    .headers(headers -> PageSecurity.headers(headers, origin))
                    .build();
        } catch (Exception e) {
            throw new IllegalStateException("The pages of emergencies cannot be set up.", e);
        }
    }

    @Bean
    Witnesses emergencyWitnesses(
            AccountLedger ledger, OfficerMails officers, AccountNotices notices, PublicOrigin origin) {
        return new Witnesses(ledger.database(), officers, notices, origin);
    }

    @Bean
    BreakGlass breakGlass(AccountLedger ledger, Witnesses witnesses, Grants grants, Sessions sessions, Clock clock) {
        return new BreakGlass(ledger, witnesses, new BreakGlass.Ends(grants, sessions), clock);
    }

    @Bean
    Reviews breakGlassReviews(AccountLedger ledger, Witnesses witnesses, Clock clock) {
        return new Reviews(ledger, witnesses, clock);
    }

    @Bean
    Work emergencyWork(BreakGlass glass, Reviews reviews, Clock clock) {
        return new EmergencyWork(glass, reviews, clock);
    }

    @Bean
    FreshProof freshProof(StepUp stepUp, Factors factors) {
        return new FreshProof(stepUp, factors);
    }

    @Bean
    BreakGlassPages.Places breakGlassPlaces(PatientDirectory patients, Sessions sessions) {
        return new BreakGlassPages.Places(patients, sessions);
    }

    @Bean
    EmergencyTokens emergencyTokens(
            OAuth2TokenGenerator<OAuth2Token> generator, OAuth2AuthorizationService grants, AccountLedger ledger) {
        return new EmergencyTokens(generator, grants, ledger.database());
    }

    @Bean
    EmergencyExchange emergencyExchange(
            OAuth2AuthorizationService grants,
            Accounts accounts,
            BreakGlass glass,
            AccountLedger ledger,
            EmergencyTokens tokens) {
        return new EmergencyExchange(grants, accounts, glass, ledger, tokens);
    }
}
