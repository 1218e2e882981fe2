package org.rapport.server.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;
import org.rapport.server.DataDirectory;
import org.rapport.server.schema.Schema;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A DataSource that is handed out points at a database that answers and has the right schema. */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

    @Bean
    DatabaseServer databaseServer(DatabaseSettings settings, DataDirectory data) {
        return settings.outside()
                .map(DatabaseServer::outside)
                .orElseGet(() -> DatabaseServer.embedded(data, settings.embeddedPort()));
    }

    @Bean
    DataSource dataSource(DatabaseServer server, DatabaseSettings settings) {
        DatabaseCheck.run(server.address());
        var pool = new HikariConfig();
        pool.setPoolName("rapport");
        pool.setJdbcUrl(server.address().url());
        pool.setUsername(server.address().user());
        pool.setPassword(server.address().password());
        pool.setMaximumPoolSize(settings.connections());
        pool.setMinimumIdle(Math.min(4, settings.connections()));
        pool.setConnectionTimeout(10_000);
        pool.addDataSourceProperty("reWriteBatchedInserts", "true");
        pool.addDataSourceProperty("ApplicationName", Instances.newName());
        pool.addDataSourceProperty("connectTimeout", "10");
        pool.addDataSourceProperty("socketTimeout", socketTimeoutSeconds(settings));
        pool.addDataSourceProperty("tcpKeepAlive", "true");
        pool.addDataSourceProperty("logServerErrorDetail", "false"); // else what failed is in the log with its values
        pool.addDataSourceProperty(
                "options",
                "-c statement_timeout=" + settings.statementTimeout().toMillis() + " -c lock_timeout=15000"
                        + " -c idle_in_transaction_session_timeout=60000 -c tcp_keepalives_idle=30"
                        + " -c tcp_keepalives_interval=10");
        Schema.bringUpToDate(
                server.address().url(),
                server.address().user(),
                server.address().password());
        return new HikariDataSource(pool);
    }

    private static String socketTimeoutSeconds(DatabaseSettings settings) {
        return Long.toString(settings.statementTimeout().toSeconds() + 10);
    }
}
