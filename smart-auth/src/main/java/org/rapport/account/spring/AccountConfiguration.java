package org.rapport.account.spring;

import javax.sql.DataSource;
import org.rapport.access.PublicOrigin;
import org.rapport.account.AccountChanges;
import org.rapport.account.AccountLedger;
import org.rapport.account.Accounts;
import org.rapport.account.FirstAdmin;
import org.rapport.account.SignOut;
import org.rapport.audit.SecurityLog;
import org.rapport.session.Grants;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires accounts, passwords and the first administrator. */
@Configuration(proxyBeanMethods = false)
class AccountConfiguration {

    @Bean
    PasswordEncoder passwordEncoder() {
        return new BoundedPasswordEncoder();
    }

    @Bean
    Accounts accounts(DataSource database, PlatformTransactionManager transactions, PasswordEncoder passwords) {
        return new Accounts(JdbcClient.create(database), new TransactionTemplate(transactions), passwords);
    }

    @Bean
    AccountLedger accountLedger(DataSource database, PlatformTransactionManager transactions, SecurityLog log) {
        return new AccountLedger(JdbcClient.create(database), new TransactionTemplate(transactions), log);
    }

    @Bean
    SignOut signOutEverywhere(FindByIndexNameSessionRepository<?> sessions, Grants grants) {
        return new SessionSignOut(sessions, grants);
    }

    @Bean
    AccountChanges accountChanges(Accounts accounts, SignOut signOut, AccountLedger ledger) {
        return new AccountChanges(accounts, signOut, ledger);
    }

    @Bean
    FirstAdmin firstAdmin(DataSource database, PlatformTransactionManager transactions, Accounts accounts) {
        return new FirstAdmin(JdbcClient.create(database), new TransactionTemplate(transactions), accounts);
    }

    @Bean
    Pages accountPageRenderer(ObjectProvider<Pages.Shared> shared) {
        return new Pages(shared.orderedStream().toList());
    }

    /** On the console and not in the log, which others may read. */
    @Bean
    ApplicationListener<ApplicationReadyEvent> firstAdminPrompt(FirstAdmin firstAdmin, PublicOrigin origin) {
        return ready -> firstAdmin
                .newCode()
                .ifPresent(code -> System.out.printf(
                        "Nobody can sign in yet. Open %s/setup and make the first administrator with the one-time code"
                                + " %s%n",
                        origin.baseUrl(), code));
    }
}
