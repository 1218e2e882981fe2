package org.rapport.partition.spring;

import java.time.Clock;
import javax.sql.DataSource;
import org.rapport.partition.AuditMonths;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionOperations;

/** Sees that the months to come have their partition. */
@Configuration(proxyBeanMethods = false)
class PartitionConfiguration {

    @Bean
    AuditMonths auditMonths(DataSource database, TransactionOperations transaction, Clock clock) {
        return new AuditMonths(new JdbcTemplate(database), transaction, clock);
    }
}
