package org.rapport.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Lets whoever started an empty server make its first administrator, by a code that works once and for a day.
 *
 * <p>As soon as any account exists no code is given out and none is taken.
 */
public final class FirstAdmin {

    /** Without vowels and lookalikes: nothing to misread, no words. */
    private static final String LETTERS = "BCDFGHJKMNPQRSTVWXZ23456789";

    private static final int CODE_LENGTH = 20;
    private static final int GROUP = 5;
    private static final long SETUP_LOCK = 0x7261_7070_6f72_7401L;

    private final JdbcClient database;
    private final TransactionOperations transaction;
    private final Accounts accounts;
    private final RandomGenerator random;

    public FirstAdmin(JdbcClient database, TransactionOperations transaction, Accounts accounts) {
        this.database = database;
        this.transaction = transaction;
        this.accounts = accounts;
        this.random = new SecureRandom();
    }

    /** A new code to show to the operator; empty when somebody can sign in already. */
    public Optional<String> newCode() {
        if (!isOpen()) {
            return Optional.empty();
        }
        var code = draw();
        database.sql("INSERT INTO setup_code (code_hash, expires_at) VALUES (?, now() + interval '1 day')")
                .param(hash(code))
                .update();
        return Optional.of(code);
    }

    /** Whether the first administrator is still to be made. */
    public boolean isOpen() {
        return accounts.isEmpty();
    }

    /**
     * Makes the administrator if the code is good and nobody was faster.
     *
     * @return whether the account was made
     */
    public boolean create(String code, String username, String password, String displayName) {
        var admin = new NewAccount(username, password, displayName, null, Set.of(Role.ADMIN));
        return Boolean.TRUE.equals(transaction.execute(status -> {
            database.sql("SELECT pg_advisory_xact_lock(?)")
                    .param(SETUP_LOCK)
                    .query((row, number) -> true)
                    .single();
            return isOpen() && spend(code) && accounts.createIfAbsent(admin);
        }));
    }

    private boolean spend(String code) {
        return database.sql("DELETE FROM setup_code WHERE code_hash = ? AND expires_at > now()")
                        .param(hash(code))
                        .update()
                == 1;
    }

    private String draw() {
        var code = new StringBuilder();
        for (int i = 0; i < CODE_LENGTH; i++) {
            if (i > 0 && i % GROUP == 0) {
                code.append('-');
            }
            code.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return code.toString();
    }

    private static String hash(String code) {
        var plain = code.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "");
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(plain.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256.", e);
        }
    }
}
