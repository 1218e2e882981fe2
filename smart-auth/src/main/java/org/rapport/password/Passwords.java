package org.rapport.password;

import java.util.Optional;
import org.rapport.account.AccountLedger;
import org.rapport.account.AccountNotices;
import org.rapport.account.Accounts;
import org.rapport.account.SignOut;
import org.rapport.audit.Agent;
import org.rapport.audit.SecurityEvent.Kind;

/** Replaces passwords: whoever knows the old one is signed out, and the owner is told. */
public final class Passwords {

    private final Accounts accounts;
    private final PasswordRules rules;
    private final SignOut signOut;
    private final AccountNotices notices;
    private final AccountLedger ledger;

    public Passwords(
            Accounts accounts, PasswordRules rules, SignOut signOut, AccountNotices notices, AccountLedger ledger) {
        this.accounts = accounts;
        this.rules = rules;
        this.signOut = signOut;
        this.notices = notices;
        this.ledger = ledger;
    }

    /** What is wrong with this as the account's new password; empty when nothing is. */
    public Optional<Weakness> weakness(String username, String password) {
        var displayName = accounts.find(username).map(account -> account.displayName());
        return rules.weakness(password, new PasswordRules.Owner(username, displayName.orElse("")));
    }

    /**
     * Sets a password that has no weakness, and ends all sessions, apps and refresh tokens but the kept session.
     *
     */
    void replace(String username, String password, Proof how) {
        ledger.whole(() -> {
            accounts.setPassword(username, password);
            signOut.everywhere(username, how.keptSession());
            notices.tell(username, "password-changed");
            ledger.done(Kind.PASSWORD_CHANGED, how.by(), username, how.what());
            return true;
        });
    }

    /** Changes the password of somebody who is signed in and has just given the old one. */
    public void change(String username, String password, Agent by, String keptSession) {
        replace(username, password, new Proof("old password", by, Optional.of(keptSession)));
    }

    /** What allowed a change. */
    record Proof(String what, Agent by, Optional<String> keptSession) {}
}
