package org.rapport.contact;

import java.util.Optional;
import org.rapport.account.Role;
import org.rapport.anomaly.PrivacyOfficers;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Mails each privacy officer with a confirmed address, in the transaction that runs. */
public final class OfficerMails implements PrivacyOfficers {

    private final JdbcClient database;
    private final MailAddresses addresses;
    private final AccountMails mails;

    public OfficerMails(JdbcClient database, MailAddresses addresses, AccountMails mails) {
        this.database = database;
        this.addresses = addresses;
        this.mails = mails;
    }

    @Override
    public void tell(String link) {
        tell("anomaly", link);
    }

    /**
     * The same with another text.
     *
     * @param message names the messages {@code mail.<message>.subject} and {@code .text}
     */
    public void tell(String message, String link) {
        database.sql("SELECT username FROM account JOIN account_role USING (username) WHERE role = ? AND enabled")
                .param(Role.PRIVACY_OFFICER.code())
                .query(String.class)
                .list()
                .forEach(officer -> mail(officer, message, link).ifPresent(mails::put));
    }

    private Optional<AccountMail> mail(String officer, String message, String link) {
        return addresses.of(officer).map(address -> new AccountMail(address, officer, message, link));
    }
}
