package org.rapport.policy.hapi;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import java.time.Clock;
import javax.sql.DataSource;
import org.rapport.access.RecordOwners;
import org.rapport.audit.SecurityLog;
import org.rapport.policy.PolicyTexts;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Puts policy texts, and the record of who saw them, into HAPI. */
@Configuration(proxyBeanMethods = false)
class PolicyConfiguration {

    @Bean
    PolicyTexts policyTexts(DataSource database, TransactionOperations transaction, SecurityLog log, Clock clock) {
        return new PolicyTexts(JdbcClient.create(database), transaction, log, clock);
    }

    @Bean
    PolicyProvider policyProvider(PolicyTexts texts, Clock clock) {
        return new PolicyProvider(texts, clock);
    }

    @Bean
    ConsentRecorder consentRecorder(PolicyTexts texts, DaoRegistry daos, RecordOwners owners, Clock clock) {
        return new ConsentRecorder(texts, daos, owners, clock);
    }
}
