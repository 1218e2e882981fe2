package org.rapport.smart;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Holds the keys that sign tokens (RS256): in the database, encrypted under the master key, one set for all instances.
 */
public final class SigningKeys {

    /** The algorithm of every token this server signs. */
    public static final JWSAlgorithm ALGORITHM = JWSAlgorithm.RS256;

    private static final int RSA_BITS = 2048;
    private static final long KEY_LOCK = 0x7261_7070_6f72_7402L;

    private final JdbcClient database;
    private final TransactionOperations transaction;
    private final MasterKey masterKey;

    public SigningKeys(JdbcClient database, TransactionOperations transaction, MasterKey masterKey) {
        this.database = database;
        this.transaction = transaction;
        this.masterKey = masterKey;
    }

    /**
     * The keys with their private parts, newest first; the first instance to ask makes the first key.
     *
     * @throws UnusableMasterKey when a key was encrypted under another master key
     */
    public JWKSet load() {
        var keys = transaction.execute(status -> {
            database.sql("SELECT pg_advisory_xact_lock(?)")
                    .param(KEY_LOCK)
                    .query((row, number) -> true)
                    .single();
            var stored = stored();
            return stored.isEmpty() ? List.of(create()) : stored;
        });
        return new JWKSet(new ArrayList<>(keys));
    }

    private List<RSAKey> stored() {
        return database.sql("SELECT kid, private_key FROM signing_key ORDER BY created_at DESC")
                .query((row, number) -> open(row.getString("kid"), row.getBytes("private_key")))
                .list();
    }

    private RSAKey open(String kid, byte[] sealed) {
        var json = masterKey
                .decrypt(sealed, purpose(kid))
                .orElseThrow(() -> new UnusableMasterKey(
                        "The signing keys in the database were encrypted under another master key;"
                                + " set rapport.keys.master-key-file to the file the first instance uses.",
                        null));
        try {
            return RSAKey.parse(new String(json, StandardCharsets.UTF_8));
        } catch (ParseException e) {
            throw new IllegalStateException("The signing key " + kid + " in the database is damaged.", e);
        }
    }

    private RSAKey create() {
        try {
            var kid = UUID.randomUUID().toString();
            var key = new RSAKeyGenerator(RSA_BITS)
                    .keyID(kid)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(ALGORITHM)
                    .generate();
            var sealed = masterKey.encrypt(key.toJSONString().getBytes(StandardCharsets.UTF_8), purpose(kid));
            database.sql("INSERT INTO signing_key (kid, private_key) VALUES (?, ?)")
                    .params(kid, sealed)
                    .update();
            return key;
        } catch (JOSEException e) {
            throw new IllegalStateException("This Java runtime makes no RSA keys.", e);
        }
    }

    private static String purpose(String kid) {
        return "signing-key:" + kid;
    }
}
