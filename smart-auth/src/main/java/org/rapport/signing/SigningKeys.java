package org.rapport.signing;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.sql.Timestamp;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.rapport.audit.Agent;
import org.rapport.audit.SecurityEvent;
import org.rapport.audit.SecurityLog;
import org.rapport.masterkey.MasterKey;
import org.rapport.masterkey.UnusableMasterKey;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Holds the keys that sign tokens (RS256): in the database, encrypted under the master key, one set for all instances.
 */
public final class SigningKeys {

    /** The algorithm of every token this server signs. */
    public static final JWSAlgorithm ALGORITHM = JWSAlgorithm.RS256;

    /** Every instance has read the new key by then. */
    static final Duration AT_ONCE = Duration.ofSeconds(15);

    private static final int RSA_BITS = 2048;
    private static final long KEY_LOCK = 0x7261_7070_6f72_7402L;

    private final Store store;
    private final MasterKey masterKey;
    private final KeyPlan plan;
    private final SecurityLog log;
    private final Clock clock;

    /**
     * Where the keys are and where new ones come from.
     *
     * @param transaction for those who change them, one after the other on all instances
     * @param source makes a new RSA key
     */
    public record Store(JdbcClient database, TransactionOperations transaction, Supplier<KeyPair> source) {}

    /** Makes a new RSA key of 2048 bits. */
    public static KeyPair newKey() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(RSA_BITS);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java runtime makes no RSA keys.", e);
        }
    }

    /**
     * @param store where the keys are
     * @param plan when they change
     */
    public SigningKeys(Store store, MasterKey masterKey, KeyPlan plan, SecurityLog log, Clock clock) {
        this.store = store;
        this.masterKey = masterKey;
        this.plan = plan;
        this.log = log;
        this.clock = clock;
    }

    /**
     * The keys with their private parts, the one that signs last first.
     *
     * @throws UnusableMasterKey when a key was encrypted under a master key that is not known here
     */
    public List<SigningKey> all() {
        return store
                .database()
                .sql("SELECT kid, private_key, signs_from FROM signing_key")
                .query((row, number) -> new SigningKey(
                        open(row.getString("kid"), row.getBytes("private_key")),
                        row.getTimestamp("signs_from").toInstant()))
                .list()
                .stream()
                .sorted(KeyPlan.LATEST_FIRST)
                .toList();
    }

    /**
     * Makes the first key unless there is one, and encrypts anew what an older master key protects.
     *
     * @throws UnusableMasterKey when a key was encrypted under a master key that is not known here
     */
    public void prepare() {
        inTurn(() -> {
            var keys = all();
            if (keys.isEmpty()) {
                create(clock.instant(), Agent.SERVER);
            }
            keys.forEach(this::seal);
            return keys;
        });
    }

    /** Makes the next key and removes old ones when it is time; of many instances one does it. */
    public void rotateIfDue() {
        var due = all();
        var now = clock.instant();
        if (plan.next(due, now).isEmpty() && plan.ended(due, now).isEmpty()) {
            return;
        }
        inTurn(() -> {
            var keys = all();
            plan.next(keys, now).ifPresent(from -> create(from, Agent.SERVER));
            plan.ended(keys, now).forEach(key -> remove(key, Agent.SERVER));
            return keys;
        });
    }

    /**
     * Makes a key that signs as soon as every instance knows it, within seconds; its predecessor verifies until the last
     * token signed by it has expired.
     *
     * @return the id of the new key
     */
    public String rotateNow(Agent by) {
        return inTurn(() -> create(clock.instant().plus(AT_ONCE), by));
    }

    /** The key of these that signs now. */
    SigningKey signing(List<SigningKey> keys) {
        return plan.signing(keys, clock.instant());
    }

    private <T> T inTurn(Supplier<T> act) {
        return Objects.requireNonNull(store.transaction().execute(status -> {
            store.database()
                    .sql("SELECT pg_advisory_xact_lock(?)")
                    .param(KEY_LOCK)
                    .query((row, number) -> true)
                    .single();
            return act.get();
        }));
    }

    private RSAKey open(String kid, byte[] sealed) {
        var json = masterKey
                .decrypt(sealed, purpose(kid))
                .orElseThrow(() -> new UnusableMasterKey(
                        "The signing keys in the database were encrypted under another master key;"
                                + " set rapport.keys.master-key-file (or -command) to what the first instance uses.",
                        null));
        try {
            return RSAKey.parse(new String(json, StandardCharsets.UTF_8));
        } catch (ParseException e) {
            throw new IllegalStateException("The signing key " + kid + " in the database is damaged.", e);
        }
    }

    private String create(Instant signsFrom, Agent by) {
        var kid = UUID.randomUUID().toString();
        var pair = store.source().get();
        var key = new RSAKey.Builder((RSAPublicKey) pair.getPublic())
                .privateKey(pair.getPrivate())
                .keyID(kid)
                .keyUse(KeyUse.SIGNATURE)
                .algorithm(ALGORITHM)
                .build();
        store.database()
                .sql("INSERT INTO signing_key (kid, private_key, signs_from) VALUES (?, ?, ?)")
                .params(kid, sealed(key), Timestamp.from(signsFrom))
                .update();
        log.record(SecurityEvent.succeeded(SecurityEvent.Kind.KEY_ROTATED, by, kid, "made"));
        return kid;
    }

    private void remove(SigningKey key, Agent by) {
        store.database()
                .sql("DELETE FROM signing_key WHERE kid = ?")
                .param(key.id())
                .update();
        log.record(SecurityEvent.succeeded(SecurityEvent.Kind.KEY_ROTATED, by, key.id(), "retired"));
    }

    private void seal(SigningKey key) {
        var stored = store.database()
                .sql("SELECT private_key FROM signing_key WHERE kid = ?")
                .param(key.id())
                .query(byte[].class)
                .single();
        if (!masterKey.isCurrent(stored)) {
            store.database()
                    .sql("UPDATE signing_key SET private_key = ? WHERE kid = ?")
                    .params(sealed(key.key()), key.id())
                    .update();
            log.record(
                    SecurityEvent.succeeded(SecurityEvent.Kind.KEY_ROTATED, Agent.SERVER, key.id(), "encrypted-anew"));
        }
    }

    private byte[] sealed(RSAKey key) {
        return masterKey.encrypt(key.toJSONString().getBytes(StandardCharsets.UTF_8), purpose(key.getKeyID()));
    }

    private static String purpose(String kid) {
        return "signing-key:" + kid;
    }
}
