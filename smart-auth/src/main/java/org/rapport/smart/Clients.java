package org.rapport.smart;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rapport.clientkey.AllowedKeyHosts;
import org.rapport.clientkey.ClientKeys;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;

/** Holds the applications that may ask for tokens, in the database. */
public final class Clients {

    /** Who registers what the server brings along. */
    private static final String SERVER = "rapport";

    private static final int MOST_LISTED = 200;

    private final JdbcClient database;
    private final PasswordEncoder secrets;
    private final AllowedKeyHosts keyHosts;

    /**
     * @param secrets hashes the secrets
     * @param keyHosts where key sets may lie
     */
    public Clients(JdbcClient database, PasswordEncoder secrets, AllowedKeyHosts keyHosts) {
        this.database = database;
        this.secrets = secrets;
        this.keyHosts = keyHosts;
    }

    /**
     * Registers the client unless its id is taken; an existing client stays as it is.
     *
     * @return whether it was registered
     * @throws IllegalArgumentException when its keys are no set of public keys for RS384 or ES384, or lie where nothing
     *     may be fetched
     */
    public boolean registerIfAbsent(ClientRegistration client) {
        return registerIfAbsent(client, SERVER);
    }

    /** The same on behalf of somebody, such as the user name of an administrator. */
    public boolean registerIfAbsent(ClientRegistration client, String createdBy) {
        var proof = stored(client.proof());
        return database.sql("""
                                INSERT INTO smart_client (client_id, type, name, secret_hash, jwks, jwks_uri,
                                    redirect_uris, scopes, may_launch, extra_origins, client_uri, contacts,
                                    post_logout_redirect_uris, created_by)
                                VALUES (?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""")
                        .params(
                                client.clientId(),
                                client.type().name().toLowerCase(Locale.ROOT),
                                client.name(),
                                proof.secretHash(),
                                proof.jwks(),
                                proof.jwksUri(),
                                client.redirectUris().toArray(new String[0]),
                                client.scopes().toArray(new String[0]),
                                client.details().mayLaunch(),
                                client.details().origins().toArray(new String[0]),
                                client.details().clientUri(),
                                client.details().contacts().toArray(new String[0]),
                                client.details().postLogoutRedirectUris().toArray(new String[0]),
                                createdBy)
                        .update()
                == 1;
    }

    /** The client with this id, enabled or not. */
    public Optional<RegisteredApp> find(String clientId) {
        return database.sql("SELECT * FROM smart_client WHERE client_id = ?")
                .param(clientId)
                .query(Clients::app)
                .optional();
    }

    /**
     * The clients whose id or name holds the text, in the order of their ids; every client for an empty one.
     *
     * @param most at most 200
     */
    public List<RegisteredApp> list(String search, int most) {
        return database.sql("""
                        SELECT * FROM smart_client
                        WHERE position(lower(:search) IN lower(client_id)) > 0 OR position(lower(:search) IN lower(name)) > 0
                        ORDER BY client_id LIMIT :most""")
                .param("search", search)
                .param("most", Math.min(most, MOST_LISTED))
                .query(Clients::app)
                .list();
    }

    /**
     * How a proof is stored.
     *
     * @throws IllegalArgumentException when keys are not good enough or lie where nothing may be fetched
     */
    StoredProof stored(ClientProof proof) {
        if (proof instanceof ClientProof.Secret secret) {
            return new StoredProof(secrets.encode(secret.value()), null, null);
        }
        if (proof instanceof ClientProof.Keys keys) {
            ClientKeys.parse(keys.jwks());
            return new StoredProof(null, keys.jwks(), null);
        }
        if (proof instanceof ClientProof.KeysAt place) {
            keyHosts.endpoint(place.uri());
            return new StoredProof(null, null, place.uri());
        }
        return new StoredProof(null, null, null);
    }

    static RegisteredApp app(ResultSet row, int number) throws SQLException {
        return new RegisteredApp(
                row.getString("client_id"),
                ClientRegistration.Type.valueOf(row.getString("type").toUpperCase(Locale.ROOT)),
                row.getString("name"),
                new StoredProof(row.getString("secret_hash"), row.getString("jwks"), row.getString("jwks_uri")),
                set(row, "redirect_uris"),
                set(row, "scopes"),
                new ClientDetails(
                        row.getBoolean("may_launch"),
                        set(row, "extra_origins"),
                        row.getString("client_uri"),
                        List.of((String[]) row.getArray("contacts").getArray()),
                        set(row, "post_logout_redirect_uris")),
                new Status(
                        row.getBoolean("enabled"),
                        row.getString("created_by"),
                        row.getTimestamp("created_at").toInstant(),
                        row.getTimestamp("changed_at").toInstant()));
    }

    private static Set<String> set(ResultSet row, String column) throws SQLException {
        return Set.of((String[]) row.getArray(column).getArray());
    }

    /**
     * A client as it is stored.
     *
     * @param redirectUris none of a backend client
     */
    public record RegisteredApp(
            String clientId,
            ClientRegistration.Type type,
            String name,
            StoredProof proof,
            Set<String> redirectUris,
            Set<String> scopes,
            ClientDetails details,
            Status status) {

        /** Keeps its own copies. */
        public RegisteredApp {
            redirectUris = Set.copyOf(redirectUris);
            scopes = Set.copyOf(scopes);
        }

        /** Whether it may create launch contexts. */
        public boolean mayLaunch() {
            return details.mayLaunch();
        }
    }

    /**
     * What is stored of a client's proof; at most one is there.
     *
     * @param secretHash argon2id
     * @param jwks public keys, a JSON Web Key Set
     * @param jwksUri where the client publishes them
     */
    public record StoredProof(
            @Nullable String secretHash,
            @Nullable String jwks,
            @Nullable String jwksUri) {

        /** Says of a secret only that there is one. */
        @Override
        public String toString() {
            return secretHash != null ? "secret" : jwks != null ? "keys" : "keys at " + jwksUri;
        }
    }

    /**
     * How a client stands.
     *
     * @param enabled whether it may do anything
     * @param createdBy user name of an administrator, or what else registered it
     */
    public record Status(boolean enabled, String createdBy, Instant createdAt, Instant changedAt) {}
}
