package org.rapport.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.rapport.harness.FhirSession;
import org.rapport.harness.Harness;
import org.rapport.harness.OutsideDatabase;
import org.rapport.harness.Server;

class TwoServersIT {

    @RegisterExtension
    final Harness harness = new Harness();

    private OutsideDatabase database;
    private Server first;
    private Server second;

    @BeforeEach
    void startBothAtOnceOnAnEmptyDatabase() throws IOException {
        database = harness.database();
        first = harness.server("a", database);
        second = harness.server(harness.planBeside(first, "b"));
        giveMasterKey(Path.of(second.plan().property("rapport.keys.master-key-file")));
        first.launch();
        second.launch().awaitReady();
        first.awaitReady();
        assertThat(first.output() + second.output()).contains("Waiting: another instance");
    }

    /** The one that was first to make it has the passwords. */
    private Server makerOfTheDemoWorld() {
        var credentials = Path.of(first.plan().property("rapport.data-dir"), "demo-credentials.json");
        return Files.exists(credentials) ? first : second;
    }

    private static void giveMasterKey(Path file) throws IOException {
        var key = new byte[32];
        new SecureRandom().nextBytes(key);
        Files.createDirectories(file.getParent());
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, Base64.getEncoder().encodeToString(key));
    }

    @Test
    void holdOneRecordAndOutliveEachOtherAndTheDatabase() {
        var one = first.session("demo-backend", makerOfTheDemoWorld());
        var other = one.at(second);
        var created = FhirSession.json(one.post("Patient", TestPatients.named("Shared")));
        assertThat(other.searchAll("Patient?family=Shared")).containsExactly(created);

        database.kill();
        await().atMost(Duration.ofSeconds(60)).until(() -> !first.isReady() && !second.isReady());
        database.start();
        await().atMost(Duration.ofSeconds(60)).until(() -> first.isReady() && second.isReady());
        assertThat(one.searchAll("Patient?family=Shared")).containsExactly(created);

        first.kill();
        assertThat(other.searchAll("Patient?family=Shared")).containsExactly(created);

        database.execute("alter table hfj_resource add column added_by_hand text");
        assertThat(first.launch().awaitExit(Duration.ofMinutes(2))).isNotZero();
        assertThat(first.errors().lines())
                .as("the one sentence of a start that finds the schema changed")
                .singleElement()
                .asString()
                .contains("added_by_hand")
                .doesNotContain("Exception");
    }
}
