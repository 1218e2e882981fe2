package org.rapport.benchmarks.plain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

class PlainApplicationIT {

    @TempDir
    private Path data;

    @Test
    void storesAndFindsAPatientOnADurableDatabase() throws IOException, InterruptedException {
        try (var server = start()) {
            var fhir = "http://127.0.0.1:" + server.getEnvironment().getProperty("local.server.port") + "/fhir/";
            var created = send(HttpRequest.newBuilder(URI.create(fhir + "Patient"))
                    .header("Content-Type", "application/fhir+json")
                    .POST(BodyPublishers.ofString(
                            "{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"Yardstick\"}]}")));
            var found = send(HttpRequest.newBuilder(URI.create(fhir + "Patient?family=yardstick")));

            assertThat(created).contains("Yardstick");
            assertThat(found).contains("searchset", "Yardstick");
            assertThat(setting(server, "fsync")).isEqualTo("on");
            assertThat(setting(server, "synchronous_commit")).isEqualTo("on");
        }
    }

    private ConfigurableApplicationContext start() {
        return SpringApplication.run(
                PlainApplication.class,
                "--server.port=0",
                "--logging.level.root=error",
                "--plain.database.directory=" + data.resolve("pg"));
    }

    private static String send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(request.build(), BodyHandlers.ofString())
                .body();
    }

    private static String setting(ConfigurableApplicationContext server, String name) {
        return String.valueOf(new JdbcTemplate(server.getBean(DataSource.class))
                .queryForObject("select current_setting(?)", String.class, name));
    }
}
