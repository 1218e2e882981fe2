package org.rapport.smart;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

class AppOriginsTest {

    private static final JdbcClient DATABASE =
            JdbcClient.create(TestServer.shared().bean(DataSource.class));

    private final MovedClock clock = new MovedClock();
    private final AppOrigins origins = new AppOrigins(DATABASE, clock);

    @ParameterizedTest(name = "{0} is at {1}")
    @CsvSource({
        "https://app.example.org/callback,      https://app.example.org",
        "https://APP.example.org:443/callback,  https://app.example.org",
        "https://app.example.org:8443/callback, https://app.example.org:8443",
        "http://127.0.0.1/callback,             http://127.0.0.1",
        "http://[::1]:80/callback,              http://[::1]",
        "org.example.app:/callback,             ''",
        "javascript:alert(1),                   ''",
        "https:///callback,                     ''",
        "not an address,                        ''",
    })
    void areThoseOfWebAddresses(String address, String origin) {
        assertThat(AppOrigins.origin(address).orElse("")).isEqualTo(origin);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://app.example.org", "https://phone.example.org", "http://127.0.0.1:5173"})
    void areThoseOfTheRedirectAddresses(String origin) {
        assertThat(origins.isRegistered(origin)).isTrue();
    }

    @ParameterizedTest
    @DisplayName("ER-011: nobody else's")
    @ValueSource(
            strings = {
                "https://evil",
                "null",
                "",
                "https://app.example.org.evil",
                "https://x.app.example.org",
                "http://app.example.org",
                "https://app.example.org:8443",
                "http://localhost:5173",
                "http://127.0.0.1.evil:80",
                "http://127.0.0.1:5173/"
            })
    void areNobodyElses(String origin) {
        assertThat(origins.isRegistered(origin)).isFalse();
    }

    @Test
    void followTheClientsWithinTenSeconds() {
        var host = UUID.randomUUID() + ".example.org";
        assertThat(origins.isRegistered("https://" + host)).isFalse();
        DATABASE.sql("""
                        INSERT INTO smart_client (client_id, type, name, redirect_uris, scopes, extra_origins)
                        VALUES (?, 'public', 'App', '{org.example.app:/cb}', '{openid}', ARRAY[?])""").params(host, "https://" + host).update();
        assertThat(origins.isRegistered("https://" + host)).isFalse();
        clock.now = clock.now.plus(Duration.ofSeconds(10));
        assertThat(origins.isRegistered("https://" + host)).isTrue();
        DATABASE.sql("UPDATE smart_client SET enabled = false WHERE client_id = ?")
                .param(host)
                .update();
        clock.now = clock.now.plus(Duration.ofSeconds(10));
        assertThat(origins.isRegistered("https://" + host)).isFalse();
    }

    private static final class MovedClock extends Clock {

        private Instant now = Instant.parse("2026-11-29T12:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
