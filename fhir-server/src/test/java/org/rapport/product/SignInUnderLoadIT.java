package org.rapport.product;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.rapport.harness.SharedServer;

class SignInUnderLoadIT {

    private static final int CLIENTS = 60;
    private static final int VISITS = 25;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @RegisterExtension
    static final SharedServer PRODUCT = new SharedServer();

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    @Test
    void answersWhileMoreFhirRequestsComeThanCanBeServed() throws IOException, InterruptedException {
        var reader = PRODUCT.session("demo-reader");
        Map<Integer, Integer> answers = new ConcurrentHashMap<>();
        var stop = new AtomicBoolean();
        var clients = Executors.newFixedThreadPool(CLIENTS);
        for (int client = 0; client < CLIENTS; client++) {
            clients.execute(() -> {
                while (!stop.get()) {
                    answers.merge(reader.get("Observation?_count=200").statusCode(), 1, Integer::sum);
                }
            });
        }
        var statuses = new ArrayList<Integer>();
        long slowest = 0;
        for (int visit = 0; visit < VISITS; visit++) {
            long begin = System.nanoTime();
            statuses.add(
                    http.send(HttpRequest.newBuilder(page()).timeout(PATIENCE).build(), BodyHandlers.discarding())
                            .statusCode());
            slowest = Math.max(slowest, System.nanoTime() - begin);
        }
        stop.set(true);
        clients.shutdown();
        assertThat(clients.awaitTermination(1, TimeUnit.MINUTES)).isTrue();

        System.out.printf(
                "Sign-in page beside %d clients at the FHIR base (answers there: %s): slowest of %d visits %d ms%n",
                CLIENTS, answers, VISITS, TimeUnit.NANOSECONDS.toMillis(slowest));
        assertThat(statuses).hasSize(VISITS).containsOnly(200);
        assertThat(answers).containsKey(200);
        assertThat(answers.keySet()).isSubsetOf(200, 429, 503);
    }

    private static URI page() {
        return PRODUCT.server().origin().resolve("/login");
    }
}
