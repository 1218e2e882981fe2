package org.rapport.authorize.spring;

import org.rapport.access.PublicOrigin;
import org.rapport.account.AccountNotices;
import org.rapport.audit.SecurityLog;
import org.rapport.launch.Launches;
import org.rapport.launch.Reachable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationConsentService;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires the way through an authorization. */
@Configuration(proxyBeanMethods = false)
class AuthorizeConfiguration {

    @Bean
    AuthorizationAudit authorizationAudit(SecurityLog log) {
        return new AuthorizationAudit(log);
    }

    @Bean
    GrantStores grantStores(
            RegisteredClientRepository clients,
            OAuth2AuthorizationService authorizations,
            OAuth2AuthorizationConsentService consents,
            AuthorizationAudit audit) {
        return new GrantStores(clients, authorizations, consents, audit);
    }

    @Bean
    RememberedConsents rememberedConsents(GrantStores stores) {
        return stores.remembered();
    }

    @Bean
    PendingAuthorizations pendingAuthorizations(GrantStores stores) {
        return new PendingAuthorizations(stores.authorizations(), stores.clients());
    }

    @Bean
    LaunchedAuthorization launchedAuthorization(
            PublicOrigin origin,
            Launches launches,
            Reachable patients,
            GrantStores stores,
            PlatformTransactionManager transactions) {
        return new LaunchedAuthorization(
                new AuthorizationRequestRules(origin),
                launches,
                patients,
                stores,
                new TransactionTemplate(transactions));
    }

    @Bean
    ConsentDecision consentDecision(
            PendingAuthorizations pending,
            Reachable patients,
            GrantStores stores,
            AccountNotices notices,
            PlatformTransactionManager transactions) {
        return new ConsentDecision(pending, patients, stores, notices, new TransactionTemplate(transactions));
    }

    @Bean
    AuthorizationFlow authorizationFlow(
            LaunchedAuthorization requests, ConsentDecision decisions, PendingAuthorizations pending) {
        return new AuthorizationFlow(requests, decisions, pending);
    }
}
