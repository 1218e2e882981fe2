package org.rapport.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.rapport.harness.FhirSession;
import org.rapport.harness.Harness;

class FirstStartIT {

    @RegisterExtension
    final Harness harness = new Harness();

    @Test
    void servesAtOnceStopsOnCtrlCAndKeepsTheDataForTheSecondStart() {
        var server = harness.server("a").start();
        assertThat(server.output().lines()).contains("Rapport is ready at " + server.origin());

        var fhir = server.session("demo-backend");
        var created = FhirSession.json(fhir.post("Patient", TestPatients.named("FirstStart")));
        assertThat(FhirSession.json(fhir.get("Patient/" + created.path("id").asText())))
                .isEqualTo(created);
        assertThat(fhir.searchAll("Patient?family=FirstStart")).containsExactly(created);
        await().untilAsserted(() ->
                assertThat(fhir.searchAll("Patient?_content=FirstStart")).containsExactly(created));
        assertThat(fhir.searchAll("Patient?_content=FirstStart&family=Other")).isEmpty();
        assertThat(fhir.get("Patient?_content=FirstStart&_sort=family").statusCode())
                .isEqualTo(400);

        server.interrupt(Duration.ofSeconds(10));
        server.start();
        assertThat(server.session("demo-backend").searchAll("Patient?family=FirstStart"))
                .containsExactly(created);
    }
}
