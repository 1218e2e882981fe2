package org.rapport.factor;

import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.rapport.smart.TokenHash;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Holds the codes that let somebody in who has lost every factor: ten, each for one use, stored as hashes only. */
public final class RecoveryCodes {

    /** Without vowels and lookalikes: nothing to misread, no words; 25 of them are 118 bits. */
    private static final String LETTERS = "BCDFGHJKMNPQRSTVWXZ23456789";

    private static final int CODES = 10;
    private static final int LENGTH = 25;
    private static final String GROUPS = "(?<=\\G.{5})(?!$)";

    private final JdbcClient database;
    private final TransactionOperations transaction;
    private final RandomGenerator random;

    public RecoveryCodes(JdbcClient database, TransactionOperations transaction, RandomGenerator random) {
        this.database = database;
        this.transaction = transaction;
        this.random = random;
    }

    /** Ten new codes to show once; those before are worth nothing from now on. */
    public List<String> renew(String username) {
        var codes = IntStream.range(0, CODES).mapToObj(number -> draw()).toList();
        transaction.executeWithoutResult(status -> {
            database.sql("DELETE FROM recovery_code WHERE username = ?")
                    .param(username)
                    .update();
            codes.forEach(code -> database.sql("INSERT INTO recovery_code (username, code_hash) VALUES (?, ?)")
                    .params(username, hash(code))
                    .update());
        });
        return codes;
    }

    /** Spends a code: of many requests with the same one, one is told that it was good. */
    public boolean spend(String username, String code) {
        return database.sql("DELETE FROM recovery_code WHERE username = ? AND code_hash = ?")
                        .params(username, hash(code))
                        .update()
                == 1;
    }

    /** How many codes the account still has. */
    public int left(String username) {
        return database.sql("SELECT count(*) FROM recovery_code WHERE username = ?")
                .param(username)
                .query(Integer.class)
                .single();
    }

    private String draw() {
        var letters = IntStream.range(0, LENGTH)
                .mapToObj(number -> String.valueOf(LETTERS.charAt(random.nextInt(LETTERS.length()))))
                .collect(Collectors.joining());
        return String.join("-", letters.split(GROUPS));
    }

    /** Case and what separates the groups do not count. */
    private static String hash(String code) {
        return TokenHash.of(code.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", ""));
    }
}
