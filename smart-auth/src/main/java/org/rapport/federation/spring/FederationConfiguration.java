package org.rapport.federation.spring;

import java.time.Clock;
import java.util.Map;
import org.rapport.access.PublicOrigin;
import org.rapport.account.AccountLedger;
import org.rapport.account.AccountNotices;
import org.rapport.account.Accounts;
import org.rapport.account.spring.FirstProof;
import org.rapport.account.spring.Pages;
import org.rapport.audit.SecurityLog;
import org.rapport.federation.FederationSettings;
import org.rapport.federation.OutsideIdentities;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires outside providers. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(FederationSettings.class)
class FederationConfiguration {

    /** The sign-in page leads to the providers where there are some. */
    @Bean
    Pages.Shared outsideVariables(FederationSettings settings) {
        return new Pages.Shared(Map.of("outside", !settings.providers().isEmpty()));
    }

    @Bean
    OutsideIdentities outsideIdentities(AccountLedger ledger, AccountNotices notices) {
        return new OutsideIdentities(ledger, notices);
    }

    @Bean
    OutsideSignIn outsideSignIn(
            FederationSettings settings,
            OutsideIdentities identities,
            Accounts accounts,
            FirstProof proof,
            OutsideSignIn.Answers answers) {
        return new OutsideSignIn(settings, identities, accounts, proof, answers);
    }

    @Bean
    OutsideSignIn.Answers outsideAnswers(Pages pages, SecurityLog log) {
        return new OutsideSignIn.Answers(pages, log);
    }

    @Bean
    OutsideFilters outsideFilters(
            FederationSettings settings,
            PublicOrigin origin,
            OutsideSignIn signIn,
            OutsideSignIn.Answers answers,
            Clock clock) {
        var registrations = new OutsideRegistrations(settings.providers(), origin, OutsideWeb.client());
        return new OutsideFilters(registrations, signIn, answers, clock);
    }
}
