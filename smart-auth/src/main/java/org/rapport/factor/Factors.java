package org.rapport.factor;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.rapport.account.Account;
import org.rapport.account.Role;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Holds which factors each account has, in the database; what makes them work is kept beside it, such as by {@link TotpFactors}. */
public final class Factors {

    private static final int LONGEST_NAME = 60;

    private final JdbcClient database;
    private final TransactionOperations transaction;

    public Factors(JdbcClient database, TransactionOperations transaction) {
        this.database = database;
        this.transaction = transaction;
    }

    /** Whether the account may not do without a factor: everybody's who is more than a patient or a proxy. */
    public static boolean areDemandedOf(Account account) {
        return account.roles().stream().anyMatch(role -> role != Role.PATIENT && role != Role.PROXY);
    }

    /** The factors of an account, oldest first. */
    public List<Factor> of(String username) {
        return database.sql("""
            SELECT id, kind, name, created_at, last_used_at FROM account_factor
            WHERE username = ? ORDER BY created_at, id\
            """).param(username).query(Factors::factor).list();
    }

    /** Whether the account has any. */
    public boolean has(String username) {
        return database.sql("SELECT EXISTS (SELECT FROM account_factor WHERE username = ?)")
                .param(username)
                .query(Boolean.class)
                .single();
    }

    /** Gives a factor another name; nothing when the account has no such factor. */
    public void rename(String username, UUID id, String name) {
        database.sql("UPDATE account_factor SET name = ? WHERE id = ? AND username = ?")
                .params(shortened(name), id, username)
                .update();
    }

    /**
     * Takes a factor away and, with the last one, the recovery codes.
     *
     * @param keepOne whether the last factor of the account stays
     * @return the factor; empty when there is none or it had to stay
     */
    public Optional<Factor> remove(String username, UUID id, boolean keepOne) {
        return Optional.ofNullable(transaction.execute(status -> {
                    lock(username);
                    var all = of(username);
                    boolean stays = keepOne && all.size() == 1;
                    var gone = all.stream()
                            .filter(factor -> factor.id().equals(id) && !stays)
                            .findFirst();
                    gone.ifPresent(factor -> delete(username, factor, all.size() == 1));
                    return gone;
                }))
                .flatMap(gone -> gone);
    }

    /** Notes a new factor, whose key somebody else keeps. */
    public UUID add(String username, Factor.Kind kind, String name) {
        return database.sql("INSERT INTO account_factor (username, kind, name) VALUES (?, ?, ?) RETURNING id")
                .params(username, kind.code(), shortened(name))
                .query(UUID.class)
                .single();
    }

    /** Notes that a factor was just used. */
    void used(UUID id) {
        database.sql("UPDATE account_factor SET last_used_at = now() WHERE id = ?")
                .param(id)
                .update();
    }

    private void delete(String username, Factor factor, boolean last) {
        database.sql("DELETE FROM account_factor WHERE id = ?")
                .param(factor.id())
                .update();
        if (last) {
            database.sql("DELETE FROM recovery_code WHERE username = ?")
                    .param(username)
                    .update();
        }
    }

    /** So that of two removals at once the second sees what the first has left. */
    private void lock(String username) {
        database.sql("SELECT username FROM account WHERE username = ? FOR UPDATE")
                .param(username)
                .query(String.class)
                .optional();
    }

    private static String shortened(String name) {
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
    }

    private static Factor factor(ResultSet row, int number) throws SQLException {
        return new Factor(
                row.getObject("id", UUID.class),
                Factor.Kind.ofCode(row.getString("kind")),
                row.getString("name"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                time(row, "last_used_at"));
    }

    private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }
}
