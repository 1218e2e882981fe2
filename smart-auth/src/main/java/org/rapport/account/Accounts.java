package org.rapport.account;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.transaction.support.TransactionOperations;

/** Holds the accounts of people, in the database. */
public final class Accounts {

    /** Held in a transaction by whoever changes who administers. */
    static final long ADMINISTRATION_LOCK = 0x7261_7070_6f72_7402L;

    private static final String ACCOUNT = """
            SELECT username, display_name, fhir_user, enabled,
                   ARRAY(SELECT role FROM account_role r WHERE r.username = a.username) AS roles
            FROM account a""";

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
        return database.sql(ACCOUNT + " WHERE username = ?")
                .param(username)
                .query(Accounts::account)
                .optional();
    }

    /** The hash to compare a password with; empty when there is no such account. */
    public Optional<String> passwordHash(String username) {
        return database.sql("SELECT password_hash FROM account WHERE username = ?")
                .param(username)
                .query(String.class)
                .optional();
    }

    /**
     * Accounts by user name.
     *
     * @param search what user name, display name or reference holds, in any case; empty for all
     * @param offset how many are left out, from 0
     * @param most how many at most
     */
    public List<Account> page(String search, int offset, int most) {
        return database.sql(ACCOUNT + """
                         WHERE position(lower(:search) in lower(username || ' ' || display_name || ' '
                               || coalesce(fhir_user, ''))) > 0
                        ORDER BY username OFFSET :offset LIMIT :most""")
                .param("search", search)
                .param("offset", offset)
                .param("most", most)
                .query(Accounts::account)
                .list();
    }

    /** Replaces the password of an account; whoever calls has asked the rules and ends what it is signed in to. */
    public void setPassword(String username, String password) {
        var hash = Objects.requireNonNull(passwords.encode(password));
        database.sql("UPDATE account SET password_hash = ? WHERE username = ?")
                .params(hash, username)
                .update();
    }

    /** Hashes a password anew that was just given, when its hash is of an older kind. */
    public void upgradeHash(String username, String hash, String password) {
        if (passwords.upgradeEncoding(hash)) {
            var fresh = Objects.requireNonNull(passwords.encode(password));
            database.sql("UPDATE account SET password_hash = ? WHERE username = ? AND password_hash = ?")
                    .params(fresh, username, hash)
                    .update();
        }
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
