package org.rapport.revocation.spring;

import java.time.Clock;
import javax.sql.DataSource;
import org.rapport.revocation.RevokedGrants;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Wires the revoked grants. */
@Configuration(proxyBeanMethods = false)
class RevocationConfiguration {

    private static final int LONGEST_QUERY_SECONDS = 2;

    @Bean
    RevokedGrants revokedGrants(DataSource database, Clock clock) {
        var template = new JdbcTemplate(database);
        template.setQueryTimeout(LONGEST_QUERY_SECONDS);
        return new RevokedGrants(JdbcClient.create(template), clock, System::nanoTime);
    }
}
