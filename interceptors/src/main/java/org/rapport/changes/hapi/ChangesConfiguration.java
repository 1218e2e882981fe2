package org.rapport.changes.hapi;

import javax.sql.DataSource;
import org.rapport.access.RecordOwners;
import org.rapport.changes.ChangeFeeds;
import org.rapport.changes.ChangeLog;
import org.rapport.changes.TransactionChanges;
import org.rapport.kept.WatchedChanges;
import org.rapport.work.WakeUp;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Puts the change log into HAPI's hooks. */
@Configuration(proxyBeanMethods = false)
class ChangesConfiguration {

    @Bean
    TransactionChanges transactionChanges(DataSource database, WatchedChanges watched, WakeUp wakeUp) {
        return new TransactionChanges(new ChangeLog(new JdbcTemplate(database)), watched::changed, wakeUp);
    }

    @Bean
    ChangeFeeds changeFeeds(DataSource database, TransactionOperations transaction) {
        return new ChangeFeeds(JdbcClient.create(database), transaction);
    }

    @Bean
    ChangeInterceptor changeInterceptor(TransactionChanges changes, RecordOwners owners) {
        return new ChangeInterceptor(changes, owners);
    }
}
