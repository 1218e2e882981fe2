package org.rapport.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.rapport.harness.FhirSession;
import org.rapport.harness.Harness;

class RunScriptIT {

    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    @RegisterExtension
    final Harness harness = new Harness();

    @Test
    void startsStopsOnCtrlCAndStartsAgainWithTheSameData() {
        var server = harness.server(harness.plan("a").byRunScript()).start();
        assertThat(server.output().lines()).contains("Rapport is ready at " + server.origin());
        var created = FhirSession.json(server.session("demo-backend").post("Patient", TestPatients.named("Script")));
        server.interrupt(STOP_LIMIT);

        server.start();
        assertThat(server.session("demo-backend").searchAll("Patient?family=Script"))
                .containsExactly(created);
        server.interrupt(STOP_LIMIT);

        server.launch();
        await().atMost(Duration.ofMinutes(1)).until(() -> server.output().contains("Starting the embedded PostgreSQL"));
        server.interrupt(STOP_LIMIT);
        assertThat(server.output()).doesNotContain("Rapport is ready");
        server.start();
    }
}
