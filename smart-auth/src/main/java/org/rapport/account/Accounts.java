package org.rapport.account;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.transaction.support.TransactionOperations;

/** Holds the accounts of people, in the database. */
public final class Accounts {

    private final JdbcClient database;
    private final TransactionOperations transaction;
    private final PasswordEncoder passwords;

    public Accounts(JdbcClient database, TransactionOperations transaction, PasswordEncoder passwords) {
        this.database = database;
        this.transaction = transaction;
        this.passwords = passwords;
    }

    /**
     * Makes the account unless its user name is taken; an existing account keeps its password and roles.
     *
     * @return whether it was made
     */
    public boolean createIfAbsent(NewAccount account) {
        if (find(account.username()).isPresent()) {
            return false;
        }
        var hash = Objects.requireNonNull(passwords.encode(account.password()));
        return Boolean.TRUE.equals(transaction.execute(status -> insert(account, hash)));
    }

    /** The account with this user name, enabled or not. */
    public Optional<Account> find(String username) {
        return database.sql("""
                        SELECT username, display_name, fhir_user, enabled,
                               ARRAY(SELECT role FROM account_role r WHERE r.username = a.username) AS roles
                        FROM account a WHERE username = ?""").param(username).query(Accounts::account).optional();
    }

    /** The hash to compare a password with; empty when there is no such account. */
    public Optional<String> passwordHash(String username) {
        return database.sql("SELECT password_hash FROM account WHERE username = ?")
                .param(username)
                .query(String.class)
                .optional();
    }

    /** Whether nobody can sign in yet. */
    public boolean isEmpty() {
        return !database.sql("SELECT EXISTS (SELECT FROM account)")
                .query(Boolean.class)
                .single();
    }

    private boolean insert(NewAccount account, String hash) {
        int inserted = database.sql("""
                        INSERT INTO account (username, password_hash, display_name, fhir_user) VALUES (?, ?, ?, ?)
                        ON CONFLICT DO NOTHING""")
                .params(account.username(), hash, account.displayName(), account.fhirUser())
                .update();
        if (inserted == 0) {
            return false;
        }
        account.roles()
                .forEach(role -> database.sql("INSERT INTO account_role (username, role) VALUES (?, ?)")
                        .params(account.username(), role.code())
                        .update());
        return true;
    }

    private static Account account(ResultSet row, int number) throws SQLException {
        return new Account(
                row.getString("username"),
                row.getString("display_name"),
                row.getString("fhir_user"),
                roles((String[]) row.getArray("roles").getArray()),
                row.getBoolean("enabled"));
    }

    /** A role this version does not know gives no right. */
    private static Set<Role> roles(String[] codes) {
        return Arrays.stream(codes).map(Role::ofCode).flatMap(Optional::stream).collect(Collectors.toSet());
    }
}
