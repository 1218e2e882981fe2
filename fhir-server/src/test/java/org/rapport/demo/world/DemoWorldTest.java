package org.rapport.demo.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.flywaydb.core.Flyway;
import org.hl7.fhir.r4.model.Bundle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rapport.account.Accounts;
import org.rapport.clientkey.AllowedKeyHosts;
import org.rapport.device.DeviceCredentials;
import org.rapport.device.DeviceLogin;
import org.rapport.factor.Factors;
import org.rapport.factor.Totp;
import org.rapport.factor.TotpFactors;
import org.rapport.factor.TotpSecret;
import org.rapport.masterkey.MasterKey;
import org.rapport.outbound.AllowedHosts;
import org.rapport.smart.Clients;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.transaction.support.TransactionOperations;

class DemoWorldTest {

    private static final Instant FRIDAY = Instant.parse("2026-03-20T06:00:00Z");
    private static final DemoCredentials.Addresses HERE =
            new DemoCredentials.Addresses("http://h/fhir", "http://h", "tcp://h:1883");

    private static EmbeddedPostgres postgres;

    @TempDir
    Path data;

    private final PasswordEncoder passwords = new BCryptPasswordEncoder(4);
    private final List<String> stored = new ArrayList<>();
    private DemoMark mark;
    private Accounts accounts;
    private Clients clients;
    private DeviceCredentials devices;
    private Factors factors;
    private TotpFactors apps;

    @BeforeAll
    static void startDatabase() throws IOException {
        postgres = EmbeddedPostgres.start();
        Flyway.configure().dataSource(postgres.getPostgresDatabase()).load().migrate();
    }

    @AfterAll
    static void stopDatabase() throws IOException {
        postgres.close();
    }

    @BeforeEach
    void emptyDatabase() {
        var source = postgres.getPostgresDatabase();
        var database = JdbcClient.create(source);
        database.sql("truncate demo_world, account, account_role, smart_client, device_credential cascade")
                .update();
        mark = new DemoMark(source);
        accounts = new Accounts(database, TransactionOperations.withoutTransaction(), passwords);
        clients = new Clients(database, passwords, new AllowedKeyHosts(new AllowedHosts(Set.of())));
        devices = new DeviceCredentials(database, new SecureRandom());
        factors = new Factors(database, TransactionOperations.withoutTransaction());
        apps = new TotpFactors(
                database,
                TransactionOperations.withoutTransaction(),
                factors,
                MasterKey.fromFile(data.resolve("master.key")),
                new Totp(Clock.fixed(FRIDAY, ZoneOffset.UTC)));
    }

    @Test
    void isMadeOnceAndLetsEverybodyIn() {
        make(FRIDAY);
        assertThat(stored).contains("Patient/alice", "Device/hr-alice", "Slot/slot-dr-adams-20260320-0900");
        var made = file().read().orElseThrow();
        assertThat(made.users())
                .allMatch(user -> passwords.matches(
                        user.password(), accounts.passwordHash(user.username()).orElseThrow()));
        assertThat(made.users())
                .allMatch(user -> user.totpSecret() == null ? !factors.has(user.username()) : takesCodeOf(user));
        assertThat(made.clients())
                .allMatch(client -> clients.find(client.clientId()).isPresent());
        assertThat(made.devices())
                .hasSize(3)
                .allMatch(
                        device -> devices.verify(device.deviceId(), device.password()) instanceof DeviceLogin.Accepted);

        stored.clear();
        make(FRIDAY.plusSeconds(60));
        assertThat(stored).isEmpty();
        assertThat(file().read()).contains(made);
    }

    @Test
    void getsSlotsForTheDaysThatHaveCome() {
        make(FRIDAY);
        stored.clear();
        make(FRIDAY.plus(Duration.ofDays(4)));
        assertThat(stored)
                .hasSize(3 * 2 * 6) // Friday 17 and Monday 20 April; three schedules, six slots a day
                .contains("Slot/slot-dr-adams-20260417-0900", "Slot/slot-dr-brandt-20260420-1130");
    }

    @Test
    void hasSlotsAgainAfterALongRest() {
        make(FRIDAY);
        stored.clear();
        make(FRIDAY.plus(Duration.ofDays(100)));
        assertThat(stored).hasSize(3 * 20 * 6);
    }

    @Test
    void isFinishedByTheNextStartWithTheSamePasswords() {
        for (int step = 1; step <= 5; step++) {
            int failing = step;
            assertThatThrownBy(() -> make(FRIDAY, failingAt(failing))).hasMessage("killed");
            assertThat(mark.progress())
                    .hasValueSatisfying(
                            progress -> assertThat(progress.complete()).isFalse());
        }
        var begun = file().read().orElseThrow();
        make(FRIDAY);
        var made = file().read().orElseThrow();
        assertThat(made.users()).isEqualTo(begun.users());
        assertThat(made.clients()).isEqualTo(begun.clients());
        assertThat(made.devices())
                .hasSize(3)
                .allMatch(
                        device -> devices.verify(device.deviceId(), device.password()) instanceof DeviceLogin.Accepted);
        assertThat(mark.progress())
                .hasValueSatisfying(progress -> assertThat(progress.complete()).isTrue());
    }

    @Test
    void isLeftAloneByAnotherServerOnTheSameDatabase() {
        make(FRIDAY);
        stored.clear();
        var other = new CredentialsFile(data.resolve("other.json"));
        world(FRIDAY, this::note).make(other, HERE, new DemoLogins(new SecureRandom()));
        assertThat(stored).isEmpty();
        assertThat(other.exists()).isFalse();
    }

    private boolean takesCodeOf(DemoCredentials.User user) {
        var secret = TotpSecret.ofBase32(Objects.requireNonNull(user.totpSecret()));
        return apps.accept(user.username(), Totp.code(secret, FRIDAY.getEpochSecond() / 30)) == TotpFactors.Answer.GOOD;
    }

    private void make(Instant now) {
        make(now, this::note);
    }

    private void make(Instant now, Consumer<Bundle> store) {
        world(now, store).make(file(), HERE, new DemoLogins(new SecureRandom()));
    }

    private DemoWorld world(Instant now, Consumer<Bundle> store) {
        return new DemoWorld(
                store, mark, new DemoAccess(accounts, clients, devices, apps), Clock.fixed(now, ZoneOffset.UTC));
    }

    private CredentialsFile file() {
        return new CredentialsFile(data.resolve(CredentialsFile.NAME));
    }

    private void note(Bundle transaction) {
        transaction.getEntry().forEach(entry -> stored.add(entry.getRequest().getUrl()));
    }

    private Consumer<Bundle> failingAt(int transaction) {
        var seen = new ArrayList<Bundle>();
        return bundle -> {
            seen.add(bundle);
            if (seen.size() == transaction) {
                throw new IllegalStateException("killed");
            }
            note(bundle);
        };
    }
}
