package org.rapport.demo.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.rapport.harness.Harness;

class DemoWorldIT {

    @RegisterExtension
    static final Harness HARNESS = new Harness();

    @Test
    void isFinishedAfterAKillAndRefusedInProduction() {
        var plan = HARNESS.plan("demo");
        var server = HARNESS.server(plan).launch();
        await().atMost(Duration.ofMinutes(4)).until(() -> server.output().contains("Making the demo world"));
        server.kill();

        server.start();
        var session = server.session("demo-backend");
        assertThat(session.searchAll("Patient")).hasSize(4);
        server.interrupt(Duration.ofSeconds(60));

        var production =
                HARNESS.server(plan.with("rapport.demo.enabled", false)).launch();
        assertThat(production.awaitExit(Duration.ofMinutes(4))).isNotZero();
        assertThat(production.errors())
                .contains("Here is demo data, which has no place in production")
                .doesNotContain("\tat ");
    }
}
