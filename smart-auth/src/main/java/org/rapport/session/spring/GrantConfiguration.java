package org.rapport.session.spring;

import java.time.Clock;
import javax.sql.DataSource;
import org.rapport.revocation.RevokedGrants;
import org.rapport.session.Grants;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires the end of grants. */
@Configuration(proxyBeanMethods = false)
class GrantConfiguration {

    @Bean
    Grants grants(DataSource database, PlatformTransactionManager transactions, RevokedGrants revoked, Clock clock) {
        return new Grants(JdbcClient.create(database), new TransactionTemplate(transactions), revoked, clock);
    }
}
