package org.rapport.federation;

import java.util.List;
import java.util.Optional;
import org.rapport.account.AccountLedger;
import org.rapport.account.AccountNotices;
import org.rapport.audit.Agent;
import org.rapport.audit.SecurityEvent.Kind;

/**
 * Knows whose account an outside identity opens. A link is made by somebody who is signed in to both, or by an
 * administrator; a mail address that two have in common is no link.
 */
public final class OutsideIdentities {

    private final AccountLedger ledger;
    private final AccountNotices notices;

    public OutsideIdentities(AccountLedger ledger, AccountNotices notices) {
        this.ledger = ledger;
        this.notices = notices;
    }

    /**
     * An identity at a provider.
     *
     * @param provider its name in the settings
     * @param subject the {@code sub} of its ID tokens
     */
    public record Identity(String provider, String subject) {}

    /** The account that an identity opens; empty when it is linked to none. */
    public Optional<String> accountOf(Identity identity) {
        return ledger.database()
                .sql("SELECT username FROM outside_identity WHERE provider = ? AND subject = ?")
                .params(identity.provider(), identity.subject())
                .query(String.class)
                .optional();
    }

    /** The identities that open an account. */
    public List<Identity> of(String username) {
        return ledger.database()
                .sql("SELECT provider, subject FROM outside_identity WHERE username = ? ORDER BY provider, subject")
                .param(username)
                .query((row, number) -> new Identity(row.getString(1), row.getString(2)))
                .list();
    }

    /**
     * Lets an identity open an account.
     *
     * @return false when it opens another one
     */
    public boolean link(Identity identity, String username, Agent by) {
        return ledger.whole(() -> {
            int linked = ledger.database()
                    .sql("INSERT INTO outside_identity (provider, subject, username) VALUES (?, ?, ?)"
                            + " ON CONFLICT (provider, subject) DO NOTHING")
                    .params(identity.provider(), identity.subject(), username)
                    .update();
            boolean ours =
                    linked == 1 || accountOf(identity).filter(username::equals).isPresent();
            if (linked == 1) {
                notices.tell(username, "outside-linked");
                ledger.done(Kind.ACCOUNT_CHANGED, by, username, "linked " + identity.provider());
            } else if (!ours) {
                ledger.refused(Kind.ACCOUNT_CHANGED, by, username, "linked elsewhere " + identity.provider());
            }
            return ours;
        });
    }

    /** Ends all links of an account with a provider; false when there was none. */
    public boolean unlink(String provider, String username, Agent by) {
        return ledger.whole(() -> {
            int gone = ledger.database()
                    .sql("DELETE FROM outside_identity WHERE provider = ? AND username = ?")
                    .params(provider, username)
                    .update();
            if (gone > 0) {
                ledger.done(Kind.ACCOUNT_CHANGED, by, username, "unlinked " + provider);
            }
            return gone > 0;
        });
    }
}
