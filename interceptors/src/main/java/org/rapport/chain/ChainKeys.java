package org.rapport.chain;

import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.SecretKey;
import org.rapport.audit.Agent;
import org.rapport.audit.SecurityEvent;
import org.rapport.audit.SecurityLog;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Holds the keys of the chain: in the database, encrypted under the master key, one pair for each epoch. A new epoch begins
 * with the next row; rows of former epochs stay under the keys they were made with.
 */
public final class ChainKeys {

    private static final String CHAIN = "audit-chain-key:";
    private static final String SIGNING = "audit-signing-key:";

    private final JdbcClient database;
    private final SecretSealing sealing;
    private final SecurityLog log;
    private final Map<Integer, Epoch> known = new ConcurrentHashMap<>();

    /**
     * @param database joins the transaction that runs
     * @param log tells of each new epoch
     */
    public ChainKeys(JdbcClient database, SecretSealing sealing, SecurityLog log) {
        this.database = database;
        this.sealing = sealing;
        this.log = log;
    }

    /**
     * The keys of one epoch.
     *
     * @param number from 1
     * @param chainKey makes the hashes of the chain
     * @param signer signs checkpoints (Ed25519)
     */
    public record Epoch(int number, SecretKey chainKey, KeyPair signer) {

        /** The number without the keys. */
        @Override
        public String toString() {
            return "Epoch[" + number + "]";
        }
    }

    /** The keys of an epoch; empty when there is no such epoch or this instance cannot open its keys. */
    public Optional<Epoch> of(int epoch) {
        return Optional.ofNullable(known.get(epoch)).or(() -> {
            var read = read(epoch);
            read.ifPresent(keys -> known.put(epoch, keys));
            return read;
        });
    }

    /**
     * The keys that are used now.
     *
     * @throws IllegalStateException when there are none, or they were encrypted under another master key
     */
    public Epoch newest() {
        int epoch = database.sql("select coalesce(max(epoch), 0) from audit_key")
                .query(Integer.class)
                .single();
        return of(epoch)
                .orElseThrow(() -> new IllegalStateException("The keys of the audit chain cannot be opened; set"
                        + " rapport.keys.master-key-file (or -command) to what the first instance uses."));
    }

    /** Makes the first keys unless there are any, and encrypts anew what an older master key protects. */
    void prepare() {
        if (epochs().isEmpty()) {
            rotate();
        }
        epochs().forEach(this::sealAnew);
    }

    /** Makes the keys of the next epoch when the newest are as old as that. */
    void rotateAfter(Duration age) {
        boolean due = database.sql(
                        "select coalesce(max(made_at) < now() - ? * interval '1 second', true) from audit_key")
                .param(age.toSeconds())
                .query(Boolean.class)
                .single();
        if (due) {
            rotate();
        }
    }

    /** Begins a new epoch; whoever calls this holds the chain's lock. */
    void rotate() {
        int epoch = database.sql("select coalesce(max(epoch), 0) + 1 from audit_key")
                .query(Integer.class)
                .single();
        database.sql("insert into audit_key (epoch, chain_key, signing_key) values (?, ?, ?)")
                .params(
                        epoch,
                        sealing.encrypt(EpochKeys.newChainKey(), CHAIN + epoch),
                        sealing.encrypt(EpochKeys.newSigner(), SIGNING + epoch))
                .update();
        log.record(
                SecurityEvent.succeeded(SecurityEvent.Kind.KEY_ROTATED, Agent.SERVER, "audit-chain:" + epoch, "made"));
    }

    private List<Integer> epochs() {
        return database.sql("select epoch from audit_key order by epoch")
                .query(Integer.class)
                .list();
    }

    private Optional<Epoch> read(int epoch) {
        return database.sql("select chain_key, signing_key from audit_key where epoch = ?")
                .param(epoch)
                .query((row, number) -> List.of(row.getBytes(1), row.getBytes(2)))
                .optional()
                .flatMap(keys -> sealing.decrypt(keys.get(0), CHAIN + epoch)
                        .flatMap(chainKey -> sealing.decrypt(keys.get(1), SIGNING + epoch)
                                .map(signer -> EpochKeys.of(epoch, chainKey, signer))));
    }

    private void sealAnew(int epoch) {
        database.sql("select chain_key, signing_key from audit_key where epoch = ?")
                .param(epoch)
                .query((row, number) -> List.of(row.getBytes(1), row.getBytes(2)))
                .optional()
                .filter(keys -> !keys.stream().allMatch(sealing::isCurrent))
                .ifPresent(keys -> replace(epoch, keys.get(0), keys.get(1)));
    }

    private void replace(int epoch, byte[] chainKey, byte[] signer) {
        var openedKey = sealing.decrypt(chainKey, CHAIN + epoch);
        var openedSigner = sealing.decrypt(signer, SIGNING + epoch);
        if (openedKey.isPresent() && openedSigner.isPresent()) {
            database.sql("update audit_key set chain_key = ?, signing_key = ? where epoch = ?")
                    .params(
                            sealing.encrypt(openedKey.get(), CHAIN + epoch),
                            sealing.encrypt(openedSigner.get(), SIGNING + epoch),
                            epoch)
                    .update();
        }
    }
}
