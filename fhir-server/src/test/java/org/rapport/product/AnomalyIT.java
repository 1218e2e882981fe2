package org.rapport.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.rapport.harness.SharedServer;

class AnomalyIT {

    @RegisterExtension
    static final SharedServer SHARED = new SharedServer();

    @Test
    void flagsWhoGuessesIds() {
        var backend = SHARED.session("demo-backend");
        var guesser = SHARED.server().personSession("dr-brandt");
        for (int guess = 0; guess < 25; guess++) {
            assertThat(guesser.get("Observation/guessed-" + guess).statusCode()).isEqualTo(404);
        }
        await().atMost(Duration.ofSeconds(30))
                .until(() -> SHARED.database()
                                .number(
                                        "select count(*) from anomaly_finding where rule = 'AR-05' and actor = 'dr-brandt'")
                        > 0);

        var flags = backend.searchAll("Flag?subject=Practitioner/dr-brandt");
        assertThat(flags).isNotEmpty().allSatisfy(flag -> {
            assertThat(flag.at("/code/text").asText()).startsWith("AR-05: ");
            assertThat(flag.toString()).doesNotContain("guessed", "Patient");
            assertThat(guesser.get("Flag/" + flag.path("id").asText()).statusCode())
                    .isEqualTo(404);
        });
        var officer = SHARED.server().personSession("privacy-kim");
        assertThat(officer.searchAll("Flag"))
                .containsAll(flags)
                .allSatisfy(flag -> assertThat(flag.at("/code/text").asText()).startsWith("AR-"));
    }
}
