package org.rapport.contact;

import java.time.Clock;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.rapport.account.AccountNotices;
import org.rapport.masterkey.MasterKey;
import org.rapport.outbox.Letter;
import org.rapport.outbox.Outbox;
import org.springframework.transaction.support.TransactionOperations;

/** Puts account mails into the outbox, encrypted: they hold addresses, links and codes. */
public final class AccountMails implements AccountNotices {

    /** The kind of the outbox that they wait in. */
    public static final String KIND = "account-mail";

    private final Outbox outbox;
    private final MasterKey key;
    private final MailAddresses addresses;
    private final TransactionOperations transaction;
    private final Clock clock;

    public AccountMails(
            Outbox outbox, MasterKey key, MailAddresses addresses, TransactionOperations transaction, Clock clock) {
        this.outbox = outbox;
        this.key = key;
        this.addresses = addresses;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Override
    public void tell(String username, String notice) {
        addresses.of(username).ifPresent(address -> put(new AccountMail(address, username, notice, "")));
    }

    /** Puts a mail in, in the transaction that runs or else in one of its own. */
    public void put(AccountMail mail) {
        if (!MailTexts.knows(mail.message())) {
            throw new IllegalArgumentException("There is no mail \"" + mail.message() + "\"; write its messages.");
        }
        var id = mail.message() + ':' + UUID.randomUUID();
        var payload = Base64.getEncoder().encodeToString(key.encrypt(mail.toBytes(), purpose(id)));
        transaction.executeWithoutResult(
                status -> outbox.put(new Letter(id, Optional.empty(), payload, clock.instant())));
    }

    static String purpose(String id) {
        return KIND + '/' + id;
    }
}
