package org.rapport.smart;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.rapport.access.PatientDirectory;
import org.rapport.access.PublicOrigin;
import org.rapport.administration.DeviceLogins;
import org.rapport.audit.AuditLog;
import org.rapport.audit.SecurityLog;
import org.rapport.audit.Strangers;
import org.rapport.launch.PatientResources;
import org.rapport.mail.MailTransport;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration;
import org.springframework.boot.autoconfigure.http.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.autoconfigure.security.servlet.SecurityAutoConfiguration;
import org.springframework.boot.autoconfigure.security.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.DispatcherServletAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.ServletWebServerFactoryAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.WebMvcAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.error.ErrorMvcAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.SecurityFilterChain;

/** A running authorization server on a real PostgreSQL; several may share one database and one address. */
public final class TestServer implements AutoCloseable {

    private static final EmbeddedPostgres POSTGRES = startPostgres();

    private final ConfigurableApplicationContext context;
    private final int port;
    private final String origin;
    private final String database;
    private final Path dataDirectory;

    private TestServer(
            ConfigurableApplicationContext context, int port, String origin, String database, Path dataDirectory) {
        this.context = context;
        this.port = port;
        this.origin = origin;
        this.database = database;
        this.dataDirectory = dataDirectory;
    }

    /** An empty database with a name of its own. */
    public static String newDatabase() {
        var name = "t" + UUID.randomUUID().toString().replace("-", "");
        try (var connection = POSTGRES.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return name;
    }

    /** The server of all tests that do not change what others see, with {@link TestWorld}; it ends with the tests. */
    public static TestServer shared() {
        return Shared.SERVER;
    }

    /** The server of all tests that need one with a name, as passkeys do; it ends with the tests. */
    public static TestServer sharedWithName() {
        return SharedWithName.SERVER;
    }

    /** A server that is the only one on its database. */
    public static TestServer start() {
        int port = freePort();
        return start(newDatabase(), "http://127.0.0.1:" + port, port, newDataDirectory());
    }

    /** A server that is the only one on its database, with these settings beside the usual ones. */
    public static TestServer startWith(Map<String, Object> settings) {
        int port = freePort();
        return start(newDatabase(), "http://127.0.0.1:" + port, port, newDataDirectory(), settings);
    }

    /** A server that calls itself by an address which may be another instance's. */
    public static TestServer start(String database, String baseUrl, int port, Path dataDirectory) {
        return start(database, baseUrl, port, dataDirectory, Map.of());
    }

    /** The same with these settings beside the usual ones. */
    public static TestServer start(
            String database, String baseUrl, int port, Path dataDirectory, Map<String, Object> settings) {
        Map<String, Object> properties = new LinkedHashMap<>(settings);
        properties.put("server.port", port);
        properties.put("server.address", "127.0.0.1");
        properties.put("test.base-url", baseUrl);
        properties.put("rapport.data-dir", dataDirectory.toString());
        properties.put("rapport.clients.allowed-key-hosts", "localhost");
        properties.put("rapport.registration.enabled", true);
        properties.put("spring.datasource.url", POSTGRES.getJdbcUrl("postgres", database));
        properties.put("spring.datasource.hikari.maximum-pool-size", 10);
        properties.put("spring.main.banner-mode", "off");
        properties.put("spring.jmx.enabled", false);
        var application = new SpringApplication(TestApplication.class);
        application.setDefaultProperties(properties);
        var server = new TestServer(application.run(), port, baseUrl, database, dataDirectory);
        SecondStep.of(server.url(), server);
        SecondStep.of(baseUrl, server);
        return server;
    }

    public static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Path newDataDirectory() {
        try {
            return Files.createTempDirectory("rapport-test");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A further instance that calls itself by this one's address and has the same database and files. */
    public TestServer another() {
        return start(database, origin, freePort(), dataDirectory);
    }

    /** What it calls itself. */
    public String origin() {
        return origin;
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public void close() {
        context.close();
    }

    private static final class Shared {

        static final TestServer SERVER = start();

        static {
            TestWorld.create(SERVER);
        }
    }

    private static final class SharedWithName {

        static final TestServer SERVER = startWithName();

        private static TestServer startWithName() {
            int port = freePort();
            return start(newDatabase(), "http://localhost:" + port, port, newDataDirectory());
        }
    }

    private static EmbeddedPostgres startPostgres() {
        try {
            return EmbeddedPostgres.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        DataSourceAutoConfiguration.class,
        DataSourceTransactionManagerAutoConfiguration.class,
        FlywayAutoConfiguration.class,
        ServletWebServerFactoryAutoConfiguration.class,
        DispatcherServletAutoConfiguration.class,
        HttpMessageConvertersAutoConfiguration.class,
        WebMvcAutoConfiguration.class,
        ErrorMvcAutoConfiguration.class,
        SecurityAutoConfiguration.class,
        SecurityFilterAutoConfiguration.class
    })
    @ComponentScan({
        "org.rapport.smart",
        "org.rapport.account",
        "org.rapport.breakglass",
        "org.rapport.admin",
        "org.rapport.factor",
        "org.rapport.passkey",
        "org.rapport.clientkey",
        "org.rapport.authorize",
        "org.rapport.launch.spring",
        "org.rapport.registration",
        "org.rapport.session",
        "org.rapport.revocation",
        "org.rapport.access.spring",
        "org.rapport.discretion.spring",
        "org.rapport.contact",
        "org.rapport.password",
        "org.rapport.invitation",
        "org.rapport.federation",
        "org.rapport.outbox",
        "org.rapport.work"
    })
    static class TestApplication {

        @Bean
        static HashCount hashCount() {
            return new HashCount();
        }

        @Bean
        ClaimedAddress claimedAddress() {
            return new ClaimedAddress();
        }

        @Bean
        Clock clock() {
            return Clock.systemUTC();
        }

        @Bean
        SecurityLog securityLog(DataSource database) {
            return new SecurityLog(new AuditLog(new JdbcTemplate(database)));
        }

        @Bean
        Strangers strangers(DataSource database, Clock clock) {
            return new Strangers(new AuditLog(new JdbcTemplate(database)), clock);
        }

        @Bean
        MailTransport mailTransport() {
            return new TestMails();
        }

        @Bean
        PatientDirectory patientDirectory() {
            return new TestPatients();
        }

        @Bean
        PatientResources patientResources() {
            return TestPatients::owns;
        }

        /** As in the product: what nobody owns is not there. */
        @Bean
        @Order(1000)
        SecurityFilterChain closedChain() {
            Filter notFound = (request, response, chain) ->
                    ((HttpServletResponse) response).setStatus(HttpServletResponse.SC_NOT_FOUND);
            return new DefaultSecurityFilterChain(
                    request -> !request.getRequestURI().startsWith("/fhir/"), notFound);
        }

        @Bean
        DeviceLogins deviceLogins() {
            return new TestDeviceLogins();
        }

        @Bean
        TestDevices testDevices() {
            return new TestDevices();
        }

        @Bean
        PublicOrigin publicOrigin(Environment environment) {
            return new PublicOrigin(environment.getRequiredProperty("test.base-url"));
        }
    }
}
