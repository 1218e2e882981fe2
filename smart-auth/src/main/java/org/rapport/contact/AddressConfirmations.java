package org.rapport.contact;

import java.util.Optional;
import org.rapport.access.PublicOrigin;
import org.rapport.account.AccountLedger;
import org.rapport.account.LinkToken;
import org.rapport.audit.Agent;
import org.rapport.audit.SecurityEvent.Kind;
import org.rapport.smart.TokenHash;

/** Asks whoever reads an address to confirm it, by a link that works once and for a day. */
public final class AddressConfirmations {

    private final MailAddresses addresses;
    private final AccountMails mails;
    private final PublicOrigin origin;
    private final AccountLedger ledger;

    public AddressConfirmations(
            MailAddresses addresses, AccountMails mails, PublicOrigin origin, AccountLedger ledger) {
        this.addresses = addresses;
        this.mails = mails;
        this.origin = origin;
        this.ledger = ledger;
    }

    /** Sends the link; one sent before for the same account no longer works. */
    public void ask(String username, MailAddress address, Agent by) {
        var token = LinkToken.random();
        ledger.whole(() -> {
            ledger.database()
                    .sql("""
                            INSERT INTO address_confirmation (username, token_hash, sealed_address, expires_at)
                            VALUES (?, ?, ?, now() + interval '1 day')
                            ON CONFLICT (username) DO UPDATE SET token_hash = excluded.token_hash,
                                sealed_address = excluded.sealed_address, expires_at = excluded.expires_at""")
                    .params(username, TokenHash.of(token), addresses.seal(username, address))
                    .update();
            mails.put(new AccountMail(address, username, "email-confirm", origin.baseUrl() + "/email/" + token));
            ledger.done(Kind.ACCOUNT_CHANGED, by, username, "email asked");
            return true;
        });
    }

    /** Whose address waits for this link; empty when it is used, too old or wrong. */
    public Optional<String> waiting(String token) {
        return ledger.database()
                .sql("SELECT username FROM address_confirmation WHERE token_hash = ? AND expires_at > now()")
                .param(TokenHash.of(token))
                .query(String.class)
                .optional();
    }

    /**
     * Makes the address the account's, once, and tells the address before.
     *
     * @return whose it is now; empty when the link is used, too old or wrong
     */
    public Optional<String> confirm(String token, Agent by) {
        return ledger.wholeOrNothing(() -> spend(token).map(spent -> {
            addresses
                    .of(spent.username())
                    .filter(old -> !old.normal().equals(spent.address().normal()))
                    .ifPresent(old -> mails.put(new AccountMail(old, spent.username(), "email-changed", "")));
            addresses.verified(spent.username(), spent.address());
            ledger.done(Kind.ACCOUNT_CHANGED, by, spent.username(), "email confirmed");
            return spent.username();
        }));
    }

    private Optional<Spent> spend(String token) {
        return ledger.database()
                .sql("DELETE FROM address_confirmation WHERE token_hash = ? AND expires_at > now()"
                        + " RETURNING username, sealed_address")
                .param(TokenHash.of(token))
                .query((row, number) -> new Spent(row.getString(1), addresses.open(row.getString(1), row.getBytes(2))))
                .optional();
    }

    private record Spent(String username, MailAddress address) {}
}
