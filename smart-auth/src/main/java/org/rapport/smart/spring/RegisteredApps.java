package org.rapport.smart.spring;

import org.jspecify.annotations.Nullable;
import org.rapport.authorize.spring.ClientSite;
import org.rapport.session.TokenLifetimes;
import org.rapport.smart.ClientRegistration;
import org.rapport.smart.Clients;
import org.rapport.smart.Clients.RegisteredApp;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;

/**
 * Shows the clients of the database to Spring Authorization Server.
 *
 * <p>What is the same for all (PKCE, consent, lifetimes, rotation) is not stored with a client: it holds for every
 * client from the moment it changes here.
 */
final class RegisteredApps implements RegisteredClientRepository {

    /** Setting of a client with keys: its key set as JSON. */
    static final String JWKS = "rapport.client.jwks";

    /** Setting of a client that publishes its keys: where. */
    static final String JWKS_URI = "rapport.client.jwks-uri";

    private final Clients clients;
    private final TokenLifetimes lifetimes;

    RegisteredApps(Clients clients, TokenLifetimes lifetimes) {
        this.clients = clients;
        this.lifetimes = lifetimes;
    }

    /** By this a stored grant finds its client, also one that is disabled. */
    @Override
    public @Nullable RegisteredClient findById(String id) {
        return clients.find(id).map(this::registeredClient).orElse(null);
    }

    /** By this a request finds its client; one that is disabled is as unknown. */
    @Override
    public @Nullable RegisteredClient findByClientId(String clientId) {
        return clients.find(clientId)
                .filter(app -> app.status().enabled())
                .map(this::registeredClient)
                .orElse(null);
    }

    /** Clients are registered by {@link Clients} only. */
    @Override
    public void save(RegisteredClient client) {
        throw new UnsupportedOperationException("Register a client through Clients.");
    }

    private RegisteredClient registeredClient(RegisteredApp app) {
        var client = RegisteredClient.withId(app.clientId())
                .clientId(app.clientId())
                .clientName(app.name())
                .redirectUris(uris -> uris.addAll(app.redirectUris()))
                .scopes(scopes -> scopes.addAll(app.scopes()))
                .clientSettings(clientSettings(app))
                .tokenSettings(tokenSettings());
        if (app.type() == ClientRegistration.Type.PUBLIC) {
            client.clientAuthenticationMethod(ClientAuthenticationMethod.NONE);
        } else if (app.proof().secretHash() != null) {
            client.clientSecret(app.proof().secretHash())
                    .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                    .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_POST);
        } else {
            client.clientAuthenticationMethod(ClientAuthenticationMethod.PRIVATE_KEY_JWT);
        }
        if (app.type() == ClientRegistration.Type.BACKEND) {
            return client.authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                    .build();
        }
        return client.authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .authorizationGrantType(AuthorizationGrantType.REFRESH_TOKEN)
                .build();
    }

    private static ClientSettings clientSettings(RegisteredApp app) {
        var settings = ClientSettings.builder().requireProofKey(true).requireAuthorizationConsent(true);
        if (app.proof().jwks() != null) {
            settings.setting(JWKS, app.proof().jwks());
        }
        if (app.proof().jwksUri() != null) {
            settings.setting(JWKS_URI, app.proof().jwksUri());
        }
        if (app.details().clientUri() != null) {
            settings.setting(ClientSite.SETTING, app.details().clientUri());
        }
        if (app.proof().secretHash() == null && app.type() != ClientRegistration.Type.PUBLIC) {
            // the algorithm only says "asymmetric" here: AssertionDecoders decides which are taken
            settings.tokenEndpointAuthenticationSigningAlgorithm(SignatureAlgorithm.RS384);
        }
        return settings.build();
    }

    private TokenSettings tokenSettings() {
        return TokenSettings.builder()
                .authorizationCodeTimeToLive(lifetimes.code())
                .accessTokenTimeToLive(lifetimes.accessToken())
                .refreshTokenTimeToLive(lifetimes.refreshToken())
                .reuseRefreshTokens(false)
                .build();
    }
}
