package org.rapport.password;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.rapport.access.PublicOrigin;
import org.rapport.account.AccountLedger;
import org.rapport.account.LinkToken;
import org.rapport.audit.Agent;
import org.rapport.audit.SecurityEvent.Kind;
import org.rapport.contact.AccountMail;
import org.rapport.contact.AccountMails;
import org.rapport.contact.MailAddress;
import org.rapport.smart.TokenHash;

/** Lets whoever forgot a password set a new one, by a mailed link that works once and for half an hour. */
public final class PasswordResets {

    private static final int MAILS_AN_HOUR = 3;

    private final Recipients recipients;
    private final AccountMails mails;
    private final PublicOrigin origin;
    private final Passwords passwords;
    private final AccountLedger ledger;

    public PasswordResets(
            Recipients recipients, AccountMails mails, PublicOrigin origin, Passwords passwords, AccountLedger ledger) {
        this.recipients = recipients;
        this.mails = mails;
        this.origin = origin;
        this.passwords = passwords;
        this.ledger = ledger;
    }

    /**
     * Sends links to whoever has this user name or mail address; nothing when nobody has, when no address was verified, or
     * when three mails went there within the hour.
     */
    public void ask(String nameOrAddress, Agent by) {
        recipients
                .of(nameOrAddress)
                .ifPresentOrElse(
                        found -> ledger.whole(() -> send(found, by)),
                        () -> ledger.refused(Kind.PASSWORD_CHANGED, by, "", "reset asked for nobody"));
    }

    private boolean send(Recipients.Found found, Agent by) {
        oneAtATime(found.address());
        if (mailsWithinTheHour(found) >= MAILS_AN_HOUR) {
            ledger.refused(Kind.PASSWORD_CHANGED, by, found.usernames().get(0), "reset asked too often");
            return false;
        }
        var mail = UUID.randomUUID();
        var links = found.usernames().stream()
                .map(username -> line(username, link(username, found, mail)))
                .collect(Collectors.joining("\n\n"));
        mails.put(new AccountMail(found.address(), found.usernames().get(0), "password-reset", links));
        found.usernames().forEach(username -> ledger.done(Kind.PASSWORD_CHANGED, by, username, "reset asked"));
        return true;
    }

    private String link(String username, Recipients.Found found, UUID mail) {
        var token = LinkToken.random();
        ledger.database()
                .sql("INSERT INTO password_reset (token_hash, username, mail, address_hash, expires_at)"
                        + " VALUES (?, ?, ?, ?, now() + interval '30 minutes')")
                .params(TokenHash.of(token), username, mail, recipients.hash(found))
                .update();
        return origin.baseUrl() + "/login/reset/" + token;
    }

    private static String line(String username, String link) {
        return username + ":\n" + link;
    }

    private long mailsWithinTheHour(Recipients.Found found) {
        ledger.database()
                .sql("DELETE FROM password_reset WHERE asked_at < now() - interval '1 day'")
                .update();
        return ledger.database()
                .sql("SELECT count(DISTINCT mail) FROM password_reset WHERE asked_at > now() - interval '1 hour'"
                        + " AND (address_hash = :address OR username IN (:usernames))")
                .param("address", recipients.hash(found))
                .param("usernames", found.usernames())
                .query(Long.class)
                .single();
    }

    private void oneAtATime(MailAddress address) {
        ledger.database()
                .sql("SELECT pg_advisory_xact_lock(hashtextextended(?, 7))")
                .param(address.text())
                .query((row, number) -> true)
                .single();
    }

    /** Whose password this link replaces; empty when it is used, too old or wrong. */
    public Optional<String> waiting(String token) {
        return ledger.database()
                .sql("SELECT username FROM password_reset JOIN account USING (username)"
                        + " WHERE token_hash = ? AND spent_at IS NULL AND expires_at > now() AND enabled")
                .param(TokenHash.of(token))
                .query(String.class)
                .optional();
    }

    /**
     * Sets the new password, once; nobody is signed in by it, and a second factor is asked at the next sign-in as ever.
     *
     * @return whose it is; empty when the link is used, too old or wrong
     */
    public Optional<String> reset(String token, String password, Agent by) {
        return ledger.wholeOrNothing(() -> {
            var username = spend(token);
            username.ifPresent(owner ->
                    passwords.replace(owner, password, new Passwords.Proof("mailed link", by, Optional.empty())));
            return username;
        });
    }

    /** Spends this link and every other of the same account by one statement, so that two of them cannot both succeed. */
    private Optional<String> spend(String token) {
        var hash = TokenHash.of(token);
        return ledger
                .database()
                .sql("UPDATE password_reset SET spent_at = now() WHERE spent_at IS NULL AND username ="
                        + " (SELECT username FROM password_reset JOIN account USING (username)"
                        + " WHERE token_hash = ? AND spent_at IS NULL AND expires_at > now() AND enabled)"
                        + " RETURNING username, token_hash")
                .param(hash)
                .query((row, number) -> Map.entry(row.getString(2), row.getString(1)))
                .list()
                .stream()
                .filter(spent -> spent.getKey().equals(hash))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
