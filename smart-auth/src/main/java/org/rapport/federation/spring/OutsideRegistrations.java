package org.rapport.federation.spring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.rapport.access.PublicOrigin;
import org.rapport.federation.OutsideProvider;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.web.client.RestClient;

/**
 * Asks each provider for its configuration when the first person wants to sign in by it: one that is away keeps nobody from
 * starting this server.
 */
final class OutsideRegistrations implements ClientRegistrationRepository {

    private static final ParameterizedTypeReference<Map<String, Object>> DOCUMENT =
            new ParameterizedTypeReference<>() {};

    private final Map<String, OutsideProvider> providers;
    private final PublicOrigin origin;
    private final RestClient web;
    private final Map<String, ClientRegistration> known = new ConcurrentHashMap<>();

    OutsideRegistrations(Map<String, OutsideProvider> providers, PublicOrigin origin, RestClient web) {
        this.providers = providers;
        this.origin = origin;
        this.web = web;
    }

    @Override
    public @Nullable ClientRegistration findByRegistrationId(String name) {
        var provider = providers.get(name);
        return provider == null ? null : known.computeIfAbsent(name, first -> registration(name, provider));
    }

    private ClientRegistration registration(String name, OutsideProvider provider) {
        var secret = provider.clientSecretFile();
        var method = secret == null ? ClientAuthenticationMethod.NONE : ClientAuthenticationMethod.CLIENT_SECRET_BASIC;
        var registration = ClientRegistrations.fromOidcConfiguration(configuration(provider))
                .registrationId(name)
                .clientId(provider.clientId())
                .clientAuthenticationMethod(method)
                .scope("openid")
                .redirectUri(origin.baseUrl() + "/login/outside/" + name + "/callback")
                .clientName(provider.displayName());
        if (secret != null) {
            registration.clientSecret(read(secret));
        }
        return registration.build();
    }

    /** Of the configured issuer and of no other. */
    private Map<String, Object> configuration(OutsideProvider provider) {
        var issuer = provider.issuer().toString();
        var document = web.get()
                .uri(issuer.replaceAll("/+$", "") + "/.well-known/openid-configuration")
                .retrieve()
                .body(DOCUMENT);
        if (document == null || !issuer.equals(document.get("issuer"))) {
            throw new IllegalStateException("The configuration of " + issuer + " names another issuer.");
        }
        return document;
    }

    private static String read(Path secret) {
        try {
            return Files.readString(secret).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("The secret for an outside provider cannot be read: " + secret, e);
        }
    }
}
