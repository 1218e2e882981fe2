package org.rapport.benchmarks.plain;

import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/** Opens the outside PostgreSQL, or an embedded one that is as durable. */
@Configuration(proxyBeanMethods = false)
class PlainDatabaseConfiguration {

    @Bean
    @Lazy
    @ConditionalOnProperty(name = "plain.database.url", havingValue = "", matchIfMissing = true)
    EmbeddedPostgres embeddedPostgres(PlainDatabase database) throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(database.directory().toAbsolutePath())
                .setCleanDataDirectory(false)
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .start();
    }

    @Bean
    @ConfigurationProperties("spring.datasource.hikari")
    HikariDataSource dataSource(PlainDatabase database, ObjectProvider<EmbeddedPostgres> embedded) {
        var dataSource = new HikariDataSource();
        dataSource.setJdbcUrl(
                database.url().isEmpty() ? embedded.getObject().getJdbcUrl("postgres", "postgres") : database.url());
        dataSource.setUsername(database.user());
        dataSource.setPassword(database.password());
        return dataSource;
    }
}
