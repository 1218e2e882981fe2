package org.rapport.authorize.spring;

import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationConsentService;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;

/** Where clients, grants and consents are kept, and what is written down of them. */
record GrantStores(
        RegisteredClientRepository clients,
        OAuth2AuthorizationService authorizations,
        OAuth2AuthorizationConsentService consents,
        AuthorizationAudit audit) {

    RememberedConsents remembered() {
        return new RememberedConsents(consents);
    }
}
