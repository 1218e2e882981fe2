package org.rapport.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
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
    void start() {
        database = harness.database();
        first = harness.server("a", database).start();
        second = harness.server(harness.planBeside(first, "b")).start();
    }

    @Test
    void holdOneRecordAndOutliveEachOtherAndTheDatabase() {
        var one = first.session("demo-backend");
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
    }
}
