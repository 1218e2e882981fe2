package org.rapport.registration;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.rapport.audit.Agent;
import org.rapport.audit.SecurityEvent;
import org.rapport.audit.SecurityLog;
import org.rapport.registration.RefusedRegistration.Reason;
import org.rapport.smart.ClientAdministration;
import org.rapport.smart.ClientRegistration;
import org.rapport.smart.Clients;
import org.rapport.smart.Clients.RegisteredApp;
import org.rapport.smart.TokenHash;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Registers applications with users for their developers, and lets these look at what they registered and remove it.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7591">RFC 7591</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7592">RFC 7592</a>
 */
public final class DynamicRegistration {

    private final Store store;
    private final InitialAccessTokens tokens;
    private final Clients clients;
    private final ClientAdministration administration;
    private final SecurityLog log;

    /**
     * Where registrations are.
     *
     * @param transaction in which a token is spent and its client registered, or neither
     */
    public record Store(JdbcClient database, TransactionOperations transaction) {}

    /**
     * @param store where registrations are
     * @param tokens one use of which each registration takes
     */
    public DynamicRegistration(
            Store store,
            InitialAccessTokens tokens,
            Clients clients,
            ClientAdministration administration,
            SecurityLog log) {
        this.store = store;
        this.tokens = tokens;
        this.clients = clients;
        this.administration = administration;
        this.log = log;
    }

    /**
     * Registers an application; nothing of it is stored and nothing fetched when it is refused.
     *
     * @param token an initial access token
     * @param metadata a JSON object
     * @param address where the request comes from
     * @return what RFC 7591, section 3.2.1 names, with a secret and a token that are shown this once
     * @throws RefusedRegistration when the token or the metadata are not good
     */
    public Map<String, Object> register(String token, String metadata, String address) {
        try {
            var answer = store.transaction().execute(status -> {
                var sponsor = tokens.spend(token)
                        .orElseThrow(() -> new RefusedRegistration(Reason.INVALID_TOKEN, "the token does not work"));
                return register(ClientMetadata.parse(metadata), sponsor, address);
            });
            return Objects.requireNonNull(answer);
        } catch (RefusedRegistration refused) {
            log.record(SecurityEvent.failed(
                    SecurityEvent.Kind.CLIENT_REGISTERED, Agent.unknown(address), "", "dynamic " + refused.reason()));
            throw refused;
        }
    }

    /** What the holder of a registration access token registered; empty for another token. */
    public Optional<Map<String, Object>> read(String clientId, String token) {
        return owned(clientId, token).map(RegistrationAnswer::of);
    }

    /** Removes it; false for another token. */
    public boolean delete(String clientId, String token, String address) {
        return owned(clientId, token).isPresent() && administration.delete(clientId, Agent.client(clientId, address));
    }

    private Optional<RegisteredApp> owned(String clientId, String token) {
        return store.database()
                .sql("SELECT client_id FROM smart_client WHERE client_id = ? AND registration_hash = ?")
                .params(clientId, TokenHash.of(token))
                .query(String.class)
                .optional()
                .flatMap(clients::find);
    }

    private Map<String, Object> register(ClientMetadata metadata, String sponsor, String address) {
        var clientId = "app-" + UUID.randomUUID();
        var secret = administration.newSecret();
        registerOrRefuse(metadata.registration(clientId, secret), address);
        var registrationToken = tokens.newToken();
        store.database()
                .sql("UPDATE smart_client SET registration_hash = ?, created_by = ? WHERE client_id = ?")
                .params(TokenHash.of(registrationToken), sponsor, clientId)
                .update();
        var answer = RegistrationAnswer.of(clients.find(clientId).orElseThrow());
        answer.put("token_endpoint_auth_method", metadata.method());
        answer.put("registration_access_token", registrationToken);
        if (metadata.hasSecret()) {
            answer.put("client_secret", secret);
            answer.put("client_secret_expires_at", 0);
        }
        return answer;
    }

    private void registerOrRefuse(ClientRegistration client, String address) {
        try {
            administration.register(client, Agent.client(client.clientId(), address));
        } catch (IllegalArgumentException e) {
            throw new RefusedRegistration(
                    Reason.INVALID_CLIENT_METADATA, "another value is expected of jwks or jwks_uri");
        }
    }
}
