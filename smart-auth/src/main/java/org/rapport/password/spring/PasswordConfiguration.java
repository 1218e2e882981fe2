package org.rapport.password.spring;

import java.util.Optional;
import org.rapport.access.PublicOrigin;
import org.rapport.account.AccountLedger;
import org.rapport.account.AccountNotices;
import org.rapport.account.Accounts;
import org.rapport.account.SignOut;
import org.rapport.contact.AccountMails;
import org.rapport.contact.MailAddresses;
import org.rapport.password.BreachedPasswords;
import org.rapport.password.CommonPasswords;
import org.rapport.password.PasswordResets;
import org.rapport.password.PasswordRules;
import org.rapport.password.PasswordSettings;
import org.rapport.password.Passwords;
import org.rapport.password.Recipients;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the rules for passwords and how they are replaced. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PasswordSettings.class)
class PasswordConfiguration {

    @Bean
    PasswordRules passwordRules(PasswordSettings settings) {
        var breached = Optional.ofNullable(settings.breachedPasswordsFile()).map(BreachedPasswords::new);
        return new PasswordRules(new CommonPasswords(), breached);
    }

    @Bean
    Passwords passwords(
            Accounts accounts, PasswordRules rules, SignOut signOut, AccountNotices notices, AccountLedger ledger) {
        return new Passwords(accounts, rules, signOut, notices, ledger);
    }

    @Bean
    PasswordResets passwordResets(
            Accounts accounts,
            MailAddresses addresses,
            AccountMails mails,
            PublicOrigin origin,
            Passwords passwords,
            AccountLedger ledger) {
        return new PasswordResets(new Recipients(accounts, addresses), mails, origin, passwords, ledger);
    }
}
