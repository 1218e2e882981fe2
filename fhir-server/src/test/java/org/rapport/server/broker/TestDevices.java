package org.rapport.server.broker;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.security.SecureRandom;
import org.rapport.device.DeviceCredentials;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/** A database with devices that may log in. */
final class TestDevices implements AutoCloseable {

    private final EmbeddedPostgres postgres;
    private final DeviceCredentials credentials;

    TestDevices() throws IOException {
        postgres = EmbeddedPostgres.start();
        new ResourceDatabasePopulator(new ClassPathResource("db/migration/V2026.11.21.60__device_credential.sql"))
                .execute(postgres.getPostgresDatabase());
        credentials = new DeviceCredentials(JdbcClient.create(postgres.getPostgresDatabase()), new SecureRandom());
    }

    DeviceCredentials credentials() {
        return credentials;
    }

    String url() {
        return postgres.getJdbcUrl("postgres", "postgres");
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}
