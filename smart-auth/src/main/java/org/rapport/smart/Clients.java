package org.rapport.smart;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;

/** Holds the applications that may ask for tokens, in the database. */
public final class Clients {

    private final JdbcClient database;
    private final PasswordEncoder secrets;

    public Clients(JdbcClient database, PasswordEncoder secrets) {
        this.database = database;
        this.secrets = secrets;
    }

    /**
     * Registers the client unless its id is taken; an existing client stays as it is.
     *
     * @return whether it was registered
     * @throws IllegalArgumentException when its keys are no set of public keys for RS384 or ES384
     */
    public boolean registerIfAbsent(ClientRegistration client) {
        if (client.jwks() != null) {
            ClientKeys.parse(client.jwks());
        }
        return database.sql("""
                                INSERT INTO smart_client
                                    (client_id, type, name, secret_hash, jwks, redirect_uris, scopes)
                                VALUES (?, ?, ?, ?, ?::jsonb, ?, ?) ON CONFLICT DO NOTHING""")
                        .params(
                                client.clientId(),
                                client.type().name().toLowerCase(Locale.ROOT),
                                client.name(),
                                client.secret() == null ? null : secrets.encode(client.secret()),
                                client.jwks(),
                                client.redirectUris().toArray(new String[0]),
                                client.scopes().toArray(new String[0]))
                        .update()
                == 1;
    }

    /** The client with this id. */
    public Optional<RegisteredApp> find(String clientId) {
        return database.sql("SELECT * FROM smart_client WHERE client_id = ?")
                .param(clientId)
                .query(Clients::app)
                .optional();
    }

    private static RegisteredApp app(ResultSet row, int number) throws SQLException {
        return new RegisteredApp(
                row.getString("client_id"),
                ClientRegistration.Type.valueOf(row.getString("type").toUpperCase(Locale.ROOT)),
                row.getString("name"),
                row.getString("secret_hash"),
                row.getString("jwks"),
                Set.of((String[]) row.getArray("redirect_uris").getArray()),
                Set.of((String[]) row.getArray("scopes").getArray()));
    }

    /**
     * A client as it is stored.
     *
     * @param secretHash null unless it is confidential
     * @param jwks null unless it is a backend client
     */
    public record RegisteredApp(
            String clientId,
            ClientRegistration.Type type,
            String name,
            @Nullable String secretHash,
            @Nullable String jwks,
            Set<String> redirectUris,
            Set<String> scopes) {

        public RegisteredApp {
            redirectUris = Set.copyOf(redirectUris);
            scopes = Set.copyOf(scopes);
        }
    }
}
