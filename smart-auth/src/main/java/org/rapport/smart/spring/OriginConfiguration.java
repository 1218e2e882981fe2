package org.rapport.smart.spring;

import java.time.Clock;
import javax.sql.DataSource;
import org.rapport.access.RegisteredOrigins;
import org.rapport.smart.AppOrigins;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tells both sides from which origins scripts may call. */
@Configuration(proxyBeanMethods = false)
class OriginConfiguration {

    @Bean
    RegisteredOrigins registeredOrigins(DataSource database, Clock clock) {
        return new AppOrigins(JdbcClient.create(database), clock);
    }

    @Bean
    OAuthCors oauthCors(RegisteredOrigins origins) {
        return new OAuthCors(origins);
    }
}
