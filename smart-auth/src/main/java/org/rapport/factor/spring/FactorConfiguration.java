package org.rapport.factor.spring;

import java.security.SecureRandom;
import java.time.Clock;
import javax.sql.DataSource;
import org.rapport.account.AccountNotices;
import org.rapport.account.Accounts;
import org.rapport.account.spring.Pages;
import org.rapport.account.spring.PasswordCheck;
import org.rapport.audit.SecurityLog;
import org.rapport.factor.FactorChanges;
import org.rapport.factor.FactorCheck;
import org.rapport.factor.Factors;
import org.rapport.factor.RecoveryCodes;
import org.rapport.factor.Totp;
import org.rapport.factor.TotpFactors;
import org.rapport.factor.signin.spring.SignIn;
import org.rapport.masterkey.MasterKey;
import org.rapport.passkey.spring.Passkeys;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires the factors, what judges them and the second step of the sign-in. */
@Configuration(proxyBeanMethods = false)
class FactorConfiguration {

    private final JdbcClient database;
    private final TransactionTemplate transaction;

    FactorConfiguration(DataSource database, PlatformTransactionManager transactions) {
        this.database = JdbcClient.create(database);
        this.transaction = new TransactionTemplate(transactions);
    }

    @Bean
    Factors factors() {
        return new Factors(database, transaction);
    }

    @Bean
    TotpFactors totpFactors(Factors factors, MasterKey masterKey, Clock clock) {
        return new TotpFactors(database, transaction, factors, masterKey, new Totp(clock));
    }

    @Bean
    RecoveryCodes recoveryCodes() {
        return new RecoveryCodes(database, transaction, new SecureRandom());
    }

    @Bean
    FactorCheck factorCheck(
            TotpFactors apps, RecoveryCodes codes, AccountNotices notices, SecurityLog log, Clock clock) {
        return new FactorCheck(new FactorCheck.Kept(apps, codes), notices, log, transaction, clock);
    }

    @Bean
    FactorChanges factorChanges(Factors factors, RecoveryCodes codes, AccountNotices notices, SecurityLog log) {
        return new FactorChanges(factors, codes, notices, log, transaction);
    }

    @Bean
    SignIn signIn(Factors factors, Accounts accounts, SecurityLog log, Clock clock) {
        return new SignIn(factors, accounts, log, clock);
    }

    @Bean
    StepUp stepUp(Pages pages, Clock clock) {
        return new StepUp(pages, clock);
    }

    @Bean
    FactorForm factorForm(Pages pages, Factors factors, FactorCheck check, Passkeys passkeys) {
        return new FactorForm(pages, factors, check, passkeys);
    }

    @Bean
    StepUpPage.ByPassword stepUpByPassword(Pages pages, PasswordCheck passwords, SecurityLog log) {
        return new StepUpPage.ByPassword(pages, passwords, log);
    }
}
