package org.rapport.outbox.spring;

import java.time.Clock;
import javax.sql.DataSource;
import org.rapport.outbox.Outbox;
import org.rapport.work.WakeUp;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What every outbox works with. */
@Configuration(proxyBeanMethods = false)
class OutboxConfiguration {

    @Bean
    Outbox.Tools outboxTools(DataSource database, Clock clock, WakeUp wakeUp) {
        return new Outbox.Tools(JdbcClient.create(database), clock, wakeUp);
    }
}
