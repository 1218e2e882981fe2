package org.rapport.contact.spring;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.rapport.access.PublicOrigin;
import org.rapport.account.AccountLedger;
import org.rapport.account.Accounts;
import org.rapport.contact.AccountMailSender;
import org.rapport.contact.AccountMails;
import org.rapport.contact.AddressConfirmations;
import org.rapport.contact.MailAddresses;
import org.rapport.contact.OfficerMails;
import org.rapport.mail.MailTransport;
import org.rapport.mail.PreferredLanguage;
import org.rapport.masterkey.MasterKey;
import org.rapport.outbox.Outbox;
import org.rapport.outbox.RetryPlan;
import org.rapport.outbox.Sending;
import org.rapport.work.Work;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires mail addresses and account mails. */
@Configuration(proxyBeanMethods = false)
class ContactConfiguration {

    private static final Sending.Plan ONE_AT_A_TIME = new Sending.Plan(1, Duration.ofSeconds(30));

    @Bean
    MailAddresses mailAddresses(DataSource database, MasterKey key) {
        return new MailAddresses(JdbcClient.create(database), key);
    }

    @Bean
    Outbox accountMailOutbox(Outbox.Tools tools) {
        return new Outbox(AccountMails.KIND, RetryPlan.OUTSIDE, tools);
    }

    @Bean
    AccountMails accountMails(
            Outbox accountMailOutbox,
            MasterKey key,
            MailAddresses addresses,
            PlatformTransactionManager transactions,
            Clock clock) {
        return new AccountMails(accountMailOutbox, key, addresses, new TransactionTemplate(transactions), clock);
    }

    @Bean
    OfficerMails officerMails(DataSource database, MailAddresses addresses, AccountMails mails) {
        return new OfficerMails(JdbcClient.create(database), addresses, mails);
    }

    @Bean
    AddressConfirmations addressConfirmations(
            MailAddresses addresses, AccountMails mails, PublicOrigin origin, AccountLedger ledger) {
        return new AddressConfirmations(addresses, mails, origin, ledger);
    }

    @Bean
    AccountMailSender accountMailSender(
            MasterKey key,
            PublicOrigin origin,
            Accounts accounts,
            ObjectProvider<PreferredLanguage> languages,
            MailTransport transport) {
        var known = languages.getIfAvailable(() -> reference -> Optional.empty());
        return new AccountMailSender(key, origin, accounts, known, transport);
    }

    @Bean
    Work accountMailWork(Outbox accountMailOutbox, AccountMailSender sender, PlatformTransactionManager transactions) {
        return new Sending(accountMailOutbox, sender, new TransactionTemplate(transactions), ONE_AT_A_TIME);
    }
}
