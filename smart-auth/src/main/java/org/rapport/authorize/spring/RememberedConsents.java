package org.rapport.authorize.spring;

import java.util.HashSet;
import java.util.Set;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationConsent;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationConsentService;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;

/**
 * Knows what a person has allowed an application before.
 *
 * <p>A yes is remembered only for an application that cannot be another one in disguise: it proves who it is, or is
 * answered at an https address of its own (RFC 8252, section 8.6).
 */
final class RememberedConsents {

    private final OAuth2AuthorizationConsentService consents;

    RememberedConsents(OAuth2AuthorizationConsentService consents) {
        this.consents = consents;
    }

    /** The scopes allowed before; empty for an application that is new to the person. */
    Set<String> scopes(RegisteredClient client, String username) {
        var consent = consents.findById(client.getId(), username);
        return consent == null ? Set.of() : consent.getScopes();
    }

    /** Whether nothing needs to be asked about these scopes. */
    boolean cover(RegisteredClient client, String redirectUri, String username, Set<String> wanted) {
        boolean certain = !client.getClientAuthenticationMethods().contains(ClientAuthenticationMethod.NONE)
                || redirectUri.startsWith("https:");
        return certain && scopes(client, username).containsAll(wanted);
    }

    /** Forgets what was said about these scopes: the person is about to say it anew. */
    void forget(RegisteredClient client, String username, Set<String> wanted) {
        var consent = consents.findById(client.getId(), username);
        if (consent == null) {
            return;
        }
        var others = new HashSet<>(consent.getScopes());
        others.removeAll(wanted);
        consents.remove(consent);
        if (!others.isEmpty()) {
            var rest = OAuth2AuthorizationConsent.withId(client.getId(), username);
            others.forEach(rest::scope);
            consents.save(rest.build());
        }
    }
}
