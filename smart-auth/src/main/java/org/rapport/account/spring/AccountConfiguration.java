package org.rapport.account.spring;

import javax.sql.DataSource;
import org.rapport.access.PublicOrigin;
import org.rapport.account.Accounts;
import org.rapport.account.FirstAdmin;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
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
    FirstAdmin firstAdmin(DataSource database, PlatformTransactionManager transactions, Accounts accounts) {
        return new FirstAdmin(JdbcClient.create(database), new TransactionTemplate(transactions), accounts);
    }

    @Bean
    Pages accountPageRenderer() {
        return new Pages();
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
