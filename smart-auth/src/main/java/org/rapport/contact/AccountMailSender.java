package org.rapport.contact;

import java.util.Base64;
import java.util.Locale;
import org.rapport.access.PublicOrigin;
import org.rapport.account.Account;
import org.rapport.account.Accounts;
import org.rapport.mail.MailTransport;
import org.rapport.mail.PreferredLanguage;
import org.rapport.masterkey.MasterKey;
import org.rapport.outbox.OutboxItem;
import org.rapport.outbox.Sender;

/** Writes each account mail when it goes out, in the language that its owner's resource prefers, else in English. */
public final class AccountMailSender implements Sender {

    private final MasterKey key;
    private final MailTexts texts;
    private final Accounts accounts;
    private final PreferredLanguage languages;
    private final MailTransport transport;

    public AccountMailSender(
            MasterKey key,
            PublicOrigin origin,
            Accounts accounts,
            PreferredLanguage languages,
            MailTransport transport) {
        this.key = key;
        this.texts = new MailTexts(origin);
        this.accounts = accounts;
        this.languages = languages;
        this.transport = transport;
    }

    @Override
    public Outcome send(OutboxItem item) {
        return key.decrypt(Base64.getDecoder().decode(item.payload()), AccountMails.purpose(item.key()))
                .map(AccountMail::ofBytes)
                .map(mail -> transport.send(item.key(), texts.write(mail, language(mail.username()))))
                .orElseGet(() -> new Outcome.Refused("It was encrypted under another master key"));
    }

    private Locale language(String username) {
        return accounts.find(username)
                .map(Account::fhirUser)
                .flatMap(languages::of)
                .orElse(Locale.ENGLISH);
    }
}
