package org.rapport.changes.hapi;

import javax.sql.DataSource;
import org.rapport.changes.ChangeLog;
import org.rapport.changes.TransactionChanges;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** Puts the change log into HAPI's hooks. */
@Configuration(proxyBeanMethods = false)
class ChangesConfiguration {

    @Bean
    TransactionChanges transactionChanges(DataSource database) {
        return new TransactionChanges(new ChangeLog(new JdbcTemplate(database)));
    }

    @Bean
    ChangeInterceptor changeInterceptor(TransactionChanges changes) {
        return new ChangeInterceptor(changes);
    }
}
