package org.rapport.account;

import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.rapport.audit.Agent;
import org.rapport.audit.SecurityEvent.Kind;

/** What an administrator changes about an account, each with its audit row and each effective at once. */
public final class AccountChanges {

    private final Accounts accounts;
    private final SignOut signOut;
    private final AccountLedger ledger;

    public AccountChanges(Accounts accounts, SignOut signOut, AccountLedger ledger) {
        this.accounts = accounts;
        this.signOut = signOut;
        this.ledger = ledger;
    }

    /** What came of a change. */
    public enum Outcome {
        DONE,
        /** There is no such account. */
        UNKNOWN,
        /** It would leave no enabled administrator. */
        LAST_ADMIN,
        /** The reference is of another kind than the roles need. */
        BAD_LINK
    }

    /** Gives an account these roles in place of those before; who is signed in must sign in anew. */
    public Outcome setRoles(String username, Set<Role> roles, Agent by) {
        return change(username, before -> {
            if (isLastAdmin(before) && !roles.contains(Role.ADMIN)) {
                return Outcome.LAST_ADMIN;
            }
            ledger.database()
                    .sql("DELETE FROM account_role WHERE username = ?")
                    .param(username)
                    .update();
            roles.forEach(role -> ledger.database()
                    .sql("INSERT INTO account_role (username, role) VALUES (?, ?)")
                    .params(username, role.code())
                    .update());
            ledger.done(Kind.ROLES_CHANGED, by, username, codes(before.roles()) + " -> " + codes(roles));
            return Outcome.DONE;
        });
    }

    /** Lets an account in again, or shuts it out and ends everything it is signed in to. */
    public Outcome setEnabled(String username, boolean enabled, Agent by) {
        return change(username, before -> {
            if (!enabled && isLastAdmin(before)) {
                return Outcome.LAST_ADMIN;
            }
            ledger.database()
                    .sql("UPDATE account SET enabled = ? WHERE username = ?")
                    .params(enabled, username)
                    .update();
            ledger.done(Kind.ACCOUNT_CHANGED, by, username, enabled ? "enabled" : "disabled");
            return Outcome.DONE;
        });
    }

    /**
     * Says who an account is in the record.
     *
     * @param fhirUser relative, such as {@code Patient/alice}; null for nobody
     */
    public Outcome setFhirUser(String username, @Nullable String fhirUser, Agent by) {
        if (fhirUser != null && !NewAccount.isFhirUser(fhirUser)) {
            return Outcome.BAD_LINK;
        }
        return change(username, before -> {
            ledger.database()
                    .sql("UPDATE account SET fhir_user = ? WHERE username = ?")
                    .params(fhirUser, username)
                    .update();
            var how = "link " + orNone(before.fhirUser()) + " -> " + orNone(fhirUser);
            ledger.done(Kind.ACCOUNT_CHANGED, by, username, how);
            return Outcome.DONE;
        });
    }

    /** Removes an account with everything that hangs on it; what its owner did stays in the audit log. */
    public Outcome delete(String username, Agent by) {
        return change(username, before -> {
            if (isLastAdmin(before)) {
                return Outcome.LAST_ADMIN;
            }
            ledger.database()
                    .sql("DELETE FROM account WHERE username = ?")
                    .param(username)
                    .update();
            ledger.done(Kind.ACCOUNT_CHANGED, by, username, "deleted");
            return Outcome.DONE;
        });
    }

    private Outcome change(String username, Function<Account, Outcome> act) {
        return ledger.whole(() -> {
            oneAtATime();
            var before = accounts.find(username);
            var outcome = before.map(act).orElse(Outcome.UNKNOWN);
            if (outcome == Outcome.DONE) {
                signOut.everywhere(username, Optional.empty());
            }
            return outcome;
        });
    }

    /** Two administrators who shut each other out at the same moment must not both succeed. */
    private void oneAtATime() {
        ledger.database()
                .sql("SELECT pg_advisory_xact_lock(?)")
                .param(Accounts.ADMINISTRATION_LOCK)
                .query((row, number) -> true)
                .single();
    }

    private boolean isLastAdmin(Account account) {
        return account.enabled()
                && account.roles().contains(Role.ADMIN)
                && ledger.database()
                                .sql("SELECT count(*) FROM account JOIN account_role USING (username)"
                                        + " WHERE enabled AND role = ?")
                                .param(Role.ADMIN.code())
                                .query(Long.class)
                                .single()
                        == 1;
    }

    private static String codes(Set<Role> roles) {
        return roles.isEmpty()
                ? "none"
                : roles.stream().map(Role::code).sorted().collect(Collectors.joining(" "));
    }

    private static String orNone(@Nullable String reference) {
        return reference == null ? "none" : reference;
    }
}
