package org.rapport.smart;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.rapport.audit.Agent;
import org.rapport.audit.SecurityEvent;
import org.rapport.audit.SecurityLog;
import org.rapport.smart.Clients.RegisteredApp;
import org.rapport.smart.Clients.StoredProof;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Registers and changes clients on behalf of somebody; each act leaves a row in the audit log.
 *
 * <p>What a client loses is lost at once: a disabled or deleted one has no grant left, one whose scopes shrink starts
 * anew, and an old secret ends when the new one is shown.
 */
public final class ClientAdministration {

    private static final int SECRET_BYTES = 32;

    private final JdbcClient database;
    private final TransactionOperations transaction;
    private final Clients clients;
    private final Consumer<String> endGrants;
    private final SecurityLog log;
    private final SecureRandom random = new SecureRandom();

    /** @param endGrants ends the grants of a client, by its id, in the transaction that runs */
    public ClientAdministration(
            JdbcClient database,
            TransactionOperations transaction,
            Clients clients,
            Consumer<String> endGrants,
            SecurityLog log) {
        this.database = database;
        this.transaction = transaction;
        this.clients = clients;
        this.endGrants = endGrants;
        this.log = log;
    }

    /** A new client secret: 32 random bytes, base64url. */
    public String newSecret() {
        var secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    }

    /**
     * Registers a client.
     *
     * @return false when the id is taken
     * @throws IllegalArgumentException when its keys are not good enough or lie where nothing may be fetched
     */
    public boolean register(ClientRegistration client, Agent by) {
        return inOne(() -> {
            boolean registered = clients.registerIfAbsent(client, by.subject().orElse(""));
            note(SecurityEvent.Kind.CLIENT_REGISTERED, registered, by, client.clientId(), word(client.type()));
            return registered;
        });
    }

    /**
     * Changes a client.
     *
     * @return false when there is none with this id
     * @throws IllegalArgumentException when the parts do not fit each other or the client's type
     */
    public boolean update(String clientId, ClientChange change, Agent by) {
        return inOne(() -> {
            var before = lock(clientId);
            before.ifPresent(app -> {
                write(changed(app, change), change.keys().isPresent());
                if (!change.scopes().containsAll(app.scopes())) {
                    endGrants.accept(clientId);
                }
            });
            var detail = before.filter(app -> movesGoodbye(app, change)).isPresent()
                    ? "updated, with post-logout redirect URIs"
                    : "updated";
            return noted(before.isPresent(), by, clientId, detail);
        });
    }

    /** Keeps a client out and ends its grants; false when there is none with this id. */
    public boolean disable(String clientId, Agent by) {
        return inOne(() -> {
            boolean known = setEnabled(clientId, false);
            endGrants.accept(clientId);
            return noted(known, by, clientId, "disabled");
        });
    }

    /** Lets a client in again; false when there is none with this id. */
    public boolean enable(String clientId, Agent by) {
        return inOne(() -> noted(setEnabled(clientId, true), by, clientId, "enabled"));
    }

    /** A new secret, to be shown once; empty when there is no client with this id and a secret. */
    public Optional<String> rotateSecret(String clientId, Agent by) {
        var secret = newSecret();
        var hash = clients.stored(new ClientProof.Secret(secret)).secretHash();
        boolean rotated = inOne(
                () -> noted(database.sql("""
                                UPDATE smart_client SET secret_hash = ?, changed_at = now()
                                WHERE client_id = ? AND secret_hash IS NOT NULL""").params(hash, clientId).update() == 1, by, clientId, "secret-rotated"));
        return rotated ? Optional.of(secret) : Optional.empty();
    }

    /** Removes a client with its grants; false when there is none with this id. */
    public boolean delete(String clientId, Agent by) {
        return inOne(() -> {
            endGrants.accept(clientId);
            boolean deleted = database.sql("DELETE FROM smart_client WHERE client_id = ?")
                            .param(clientId)
                            .update()
                    == 1;
            return noted(deleted, by, clientId, "deleted");
        });
    }

    private Optional<RegisteredApp> lock(String clientId) {
        return database.sql("SELECT * FROM smart_client WHERE client_id = ? FOR UPDATE")
                .param(clientId)
                .query(Clients::app)
                .optional();
    }

    private static boolean movesGoodbye(RegisteredApp app, ClientChange change) {
        return !app.details().postLogoutRedirectUris().equals(change.details().postLogoutRedirectUris());
    }

    /** A secret that stays is stood in for by its hash, which is long enough for every rule about secrets. */
    private static ClientRegistration changed(RegisteredApp app, ClientChange change) {
        var proof = change.keys().orElseGet(() -> standing(app.proof()));
        return new ClientRegistration(
                app.clientId(),
                app.type(),
                change.name(),
                proof,
                change.redirectUris(),
                change.scopes(),
                change.details());
    }

    private static ClientProof standing(StoredProof proof) {
        if (proof.secretHash() != null) {
            return new ClientProof.Secret(proof.secretHash());
        }
        if (proof.jwks() != null) {
            return new ClientProof.Keys(proof.jwks());
        }
        return proof.jwksUri() == null ? new ClientProof.Nothing() : new ClientProof.KeysAt(proof.jwksUri());
    }

    private void write(ClientRegistration client, boolean withKeys) {
        var details = client.details();
        database.sql("""
                        UPDATE smart_client SET name = ?, redirect_uris = ?, scopes = ?, may_launch = ?,
                            extra_origins = ?, client_uri = ?, contacts = ?, post_logout_redirect_uris = ?,
                            changed_at = now()
                        WHERE client_id = ?""")
                .params(
                        client.name(),
                        client.redirectUris().toArray(new String[0]),
                        client.scopes().toArray(new String[0]),
                        details.mayLaunch(),
                        details.origins().toArray(new String[0]),
                        details.clientUri(),
                        details.contacts().toArray(new String[0]),
                        details.postLogoutRedirectUris().toArray(new String[0]),
                        client.clientId())
                .update();
        if (withKeys) {
            var proof = clients.stored(client.proof());
            database.sql("UPDATE smart_client SET secret_hash = ?, jwks = ?::jsonb, jwks_uri = ? WHERE client_id = ?")
                    .params(proof.secretHash(), proof.jwks(), proof.jwksUri(), client.clientId())
                    .update();
        }
    }

    private boolean setEnabled(String clientId, boolean enabled) {
        return database.sql("UPDATE smart_client SET enabled = ?, changed_at = now() WHERE client_id = ?")
                        .params(enabled, clientId)
                        .update()
                == 1;
    }

    private boolean noted(boolean done, Agent by, String clientId, String detail) {
        note(SecurityEvent.Kind.CLIENT_CHANGED, done, by, clientId, detail);
        return done;
    }

    private void note(SecurityEvent.Kind kind, boolean done, Agent by, String clientId, String detail) {
        log.record(
                done
                        ? SecurityEvent.succeeded(kind, by, clientId, detail)
                        : SecurityEvent.failed(kind, by, clientId, detail));
    }

    private boolean inOne(Supplier<Boolean> act) {
        return Boolean.TRUE.equals(transaction.execute(status -> act.get()));
    }

    private static String word(ClientRegistration.Type type) {
        return type.name().toLowerCase(Locale.ROOT);
    }
}
