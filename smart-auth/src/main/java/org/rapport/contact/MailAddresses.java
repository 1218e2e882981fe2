package org.rapport.contact;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.rapport.masterkey.MasterKey;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Holds the verified mail address of each account: encrypted, with a keyed hash to find accounts by.
 *
 * <p>Several accounts may have one address: a mother's own and the one she uses for her child.
 */
public final class MailAddresses {

    private static final String PURPOSE = "mail-address:";
    private static final String LOOKUP = "mail-address-lookup";
    private static final int MOST_ACCOUNTS = 5;

    private final JdbcClient database;
    private final MasterKey key;

    public MailAddresses(JdbcClient database, MasterKey key) {
        this.database = database;
        this.key = key;
    }

    /** The account's address; empty when none was verified. */
    public Optional<MailAddress> of(String username) {
        return database.sql("SELECT sealed_address FROM account_address WHERE username = ?")
                .param(username)
                .query(byte[].class)
                .optional()
                .map(stored -> open(username, stored));
    }

    /** User names of the enabled accounts with this address, at most five, in alphabetical order. */
    public List<String> accountsAt(MailAddress address) {
        return database.sql("""
                        SELECT username FROM account_address JOIN account USING (username)
                        WHERE address_hash IN (:hashes) AND enabled ORDER BY username LIMIT :most""")
                .param("hashes", key.keyedHashes(normal(address), LOOKUP))
                .param("most", MOST_ACCOUNTS)
                .query(String.class)
                .list();
    }

    /** Makes this the account's address, in place of the one before; whoever calls has seen that its owner reads it. */
    public void verified(String username, MailAddress address) {
        database.sql("""
                        INSERT INTO account_address (username, sealed_address, address_hash) VALUES (?, ?, ?)
                        ON CONFLICT (username) DO UPDATE SET sealed_address = excluded.sealed_address,
                            address_hash = excluded.address_hash, verified_at = now()""")
                .params(username, seal(username, address), hash(address))
                .update();
    }

    byte[] seal(String username, MailAddress address) {
        return key.encrypt(address.text().getBytes(StandardCharsets.UTF_8), PURPOSE + username);
    }

    MailAddress open(String username, byte[] stored) {
        return key.decrypt(stored, PURPOSE + username)
                .map(plain -> new MailAddress(new String(plain, StandardCharsets.UTF_8)))
                .orElseThrow(() -> new IllegalStateException("A mail address was encrypted under another master key."));
    }

    /** The keyed hash by which the database knows an address. */
    public byte[] hash(MailAddress address) {
        return key.keyedHash(normal(address), LOOKUP);
    }

    private static byte[] normal(MailAddress address) {
        return address.normal().getBytes(StandardCharsets.UTF_8);
    }
}
