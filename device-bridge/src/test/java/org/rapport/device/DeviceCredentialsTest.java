package org.rapport.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.rapport.administration.DeviceLogins;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeviceCredentialsTest {

    private EmbeddedPostgres postgres;
    private JdbcClient jdbc;
    private DeviceCredentials credentials;

    @BeforeAll
    void startDatabase() throws IOException {
        postgres = EmbeddedPostgres.start();
        new ResourceDatabasePopulator(new ClassPathResource("db/migration/V2026.11.21.60__device_credential.sql"))
                .execute(postgres.getPostgresDatabase());
        jdbc = JdbcClient.create(postgres.getPostgresDatabase());
        credentials = new DeviceCredentials(jdbc, new SecureRandom());
    }

    @AfterAll
    void stopDatabase() throws IOException {
        postgres.close();
    }

    @Test
    void acceptTheSecretTheyIssued() {
        var secret = credentials.issue("scale-1");
        assertThat(credentials.verify("scale-1", secret))
                .isInstanceOfSatisfying(
                        DeviceLogin.Accepted.class,
                        accepted -> assertThat(accepted.deviceId()).isEqualTo("scale-1"));
        assertThat(credentials.verify("scale-1", secret)).isInstanceOf(DeviceLogin.Accepted.class);
    }

    @Test
    void tellWhichDevicesMayStillLogIn() {
        credentials.issue("cuff-1");
        credentials.issue("cuff-2");
        credentials.revoke("cuff-2");

        assertThat(credentials.admitted(List.of("cuff-1", "cuff-2", "cuff-3"))).containsExactly("cuff-1");
        assertThat(credentials.admitted(List.of())).isEmpty();
    }

    @Test
    void refuseAWrongSecretAlsoAfterARightOne() {
        var secret = credentials.issue("scale-2");
        credentials.verify("scale-2", secret);
        assertThat(credentials.verify("scale-2", secret + "x")).isInstanceOf(DeviceLogin.Refused.class);
        assertThat(credentials.verify("scale-2", "")).isInstanceOf(DeviceLogin.Refused.class);
        assertThat(credentials.verify("scale-2", "y".repeat(10_000))).isInstanceOf(DeviceLogin.Refused.class);
    }

    @Test
    void refuseTheSecretOfAnotherDevice() {
        var secret = credentials.issue("scale-3");
        credentials.issue("scale-4");
        assertThat(credentials.verify("scale-4", secret)).isInstanceOf(DeviceLogin.Refused.class);
        assertThat(credentials.verify("unknown", secret)).isInstanceOf(DeviceLogin.Refused.class);
    }

    @Test
    void keepBothSecretsValidWhileRotating() {
        var first = credentials.issue("scale-5");
        var second = credentials.issue("scale-5");
        assertThat(credentials.verify("scale-5", first)).isInstanceOf(DeviceLogin.Accepted.class);
        assertThat(credentials.verify("scale-5", second)).isInstanceOf(DeviceLogin.Accepted.class);
    }

    @Test
    void refuseARevokedSecretAtOnceEvenIfItWasJustUsed() {
        var secret = credentials.issue("scale-6");
        var used = acceptedCredential("scale-6", secret);
        assertThat(credentials.stillValid(Set.of(used, UUID.randomUUID()))).containsExactly(used);
        credentials.revoke("scale-6");
        assertThat(credentials.verify("scale-6", secret)).isInstanceOf(DeviceLogin.Refused.class);
        assertThat(credentials.stillValid(Set.of(used))).isEmpty();
    }

    @Test
    void storeNoSecret() {
        var secret = credentials.issue("scale-7");
        var stored = jdbc.sql("select secret_hash from device_credential where device_id = 'scale-7'")
                .query(String.class)
                .single();
        assertThat(stored).startsWith("$2a$").doesNotContain(secret);
    }

    @Test
    void issueNothingForANameThatIsNoDeviceId() {
        assertThatThrownBy(() -> credentials.issue("device/+")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void listDevicesByIdInPages() {
        List.of("lamp-1", "lamp-2", "lamp-3").forEach(credentials::issue);
        credentials.issue("lamp-2");
        assertThat(credentials.revoke("lamp-3")).isTrue();
        assertThat(credentials.revoke("lamp-3")).isFalse();

        var all = credentials.page("LAMP", 0, 10);
        assertThat(all).extracting(DeviceLogins.Known::deviceId).containsExactly("lamp-1", "lamp-2", "lamp-3");
        assertThat(all).extracting(DeviceLogins.Known::valid).containsExactly(1, 2, 0);
        assertThat(all).extracting(device -> device.revoked().isPresent()).containsExactly(false, false, true);
        assertThat(credentials.page("lamp", 1, 1))
                .extracting(DeviceLogins.Known::deviceId)
                .containsExactly("lamp-2");
    }

    private UUID acceptedCredential(String deviceId, String secret) {
        return credentials.verify(deviceId, secret) instanceof DeviceLogin.Accepted accepted
                ? accepted.credentialId()
                : new UUID(0, 0);
    }
}
