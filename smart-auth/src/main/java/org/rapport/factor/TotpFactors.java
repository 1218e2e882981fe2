package org.rapport.factor;

import java.util.List;
import java.util.UUID;
import org.rapport.masterkey.MasterKey;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Holds the secrets of authenticator apps, encrypted under the master key, and takes each time step once per account. */
public final class TotpFactors {

    private static final int STEPS_KEPT = 10;

    private final JdbcClient database;
    private final TransactionOperations transaction;
    private final Factors factors;
    private final MasterKey masterKey;
    private final Totp totp;

    public TotpFactors(
            JdbcClient database, TransactionOperations transaction, Factors factors, MasterKey masterKey, Totp totp) {
        this.database = database;
        this.transaction = transaction;
        this.factors = factors;
        this.masterKey = masterKey;
        this.totp = totp;
    }

    /** Gives the account an app that holds this secret. */
    public void add(String username, String name, TotpSecret secret) {
        transaction.executeWithoutResult(status -> {
            var id = factors.add(username, Factor.Kind.TOTP, name);
            database.sql("INSERT INTO totp_secret (factor_id, secret) VALUES (?, ?)")
                    .params(id, masterKey.encrypt(secret.bytes(), purpose(id)))
                    .update();
        });
    }

    /** Gives the account the app unless it has a factor. */
    public void addIfNone(String username, String name, TotpSecret secret) {
        if (!factors.has(username)) {
            add(username, name, secret);
        }
    }

    /** Gives the account the app if the code shows that the app works; a code counts once here too. */
    public boolean confirm(String username, String name, TotpSecret secret, String code) {
        var step = totp.stepOf(secret, code);
        if (step.isEmpty() || !spend(username, step.getAsLong())) {
            return false;
        }
        add(username, name, secret);
        return true;
    }

    /** Takes a code of any of the account's apps. */
    public Answer accept(String username, String code) {
        for (var app : apps(username)) {
            var step = totp.stepOf(app.secret(), code);
            if (step.isPresent()) {
                boolean first = spend(username, step.getAsLong());
                if (first) {
                    factors.used(app.id());
                }
                return first ? Answer.GOOD : Answer.REPLAYED;
            }
        }
        return Answer.WRONG;
    }

    /** What a code turned out to be. */
    public enum Answer {
        GOOD,
        /** Right, but of a time step that was used; its owner is told the same as of a wrong one. */
        REPLAYED,
        WRONG
    }

    /** One row for each step: of many requests with the same code one inserts it. */
    private boolean spend(String username, long step) {
        database.sql("DELETE FROM spent_time_step WHERE username = ? AND step < ?")
                .params(username, step - STEPS_KEPT)
                .update();
        return database.sql("INSERT INTO spent_time_step (username, step) VALUES (?, ?) ON CONFLICT DO NOTHING")
                        .params(username, step)
                        .update()
                == 1;
    }

    private List<App> apps(String username) {
        return database.sql("""
                        SELECT f.id, s.secret FROM account_factor f JOIN totp_secret s ON s.factor_id = f.id
                        WHERE f.username = ?""")
                .param(username)
                .query((row, number) -> app(row.getObject("id", UUID.class), row.getBytes("secret")))
                .list();
    }

    private App app(UUID id, byte[] sealed) {
        return new App(
                id,
                masterKey
                        .decrypt(sealed, purpose(id))
                        .map(TotpSecret::new)
                        .orElseThrow(() -> new IllegalStateException("The secret of factor " + id
                                + " was encrypted under another master key; use the key file it was made with.")));
    }

    private static String purpose(UUID id) {
        return "totp:" + id;
    }

    private record App(UUID id, TotpSecret secret) {}
}
