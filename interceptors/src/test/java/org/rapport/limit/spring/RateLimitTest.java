package org.rapport.limit.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.rapport.gate.hapi.TestFhirServer;
import org.rapport.testing.MovedClock;
import org.rapport.testing.RunningServer;
import org.rapport.testing.TestTokens;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;

/** Each limit on how often and how much at once, on both of its sides, over HTTP. */
class RateLimitTest {

    private static final String THROTTLED = """
            {"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"throttled",\
            "diagnostics":"Too many requests; try again later"}]}""";

    private final MovedClock clock = new MovedClock(Instant.parse("2026-11-29T12:00:00Z"));
    private final ServletWebServerApplicationContext server = RunningServer.start(
            clock,
            "rapport.limit.rate.user=3",
            "rapport.limit.rate.client=100",
            "rapport.limit.rate.system=60",
            "rapport.limit.rate.address=300",
            "rapport.limit.at-once=4",
            "rapport.limit.at-once-each=2");
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void tellsOneUserToWaitAndNobodyElse() {
        var anna = TestTokens.clinician("anna");
        for (int request = 0; request < 3; request++) {
            assertThat(read(anna).statusCode()).isEqualTo(200);
        }
        var refused = read(anna);

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).contains("20");
        assertThat(refused.body()).isEqualTo(THROTTLED);
        assertThat(read(TestTokens.clinician("boris")).statusCode()).isEqualTo(200);
    }

    @Test
    void servesAUserAgainAfterTheTimeItNamed() {
        var anna = TestTokens.clinician("anna");
        for (int request = 0; request < 4; request++) {
            read(anna);
        }
        clock.forward(Duration.ofSeconds(19));
        assertThat(read(anna).statusCode()).isEqualTo(429);
        clock.forward(Duration.ofSeconds(1));

        assertThat(read(anna).statusCode()).isEqualTo(200);
    }

    @Test
    void countsBeforeItLooksAtABody() {
        var anna = TestTokens.clinician("anna");
        for (int request = 0; request < 3; request++) {
            assertThat(post(anna, "no JSON at all").statusCode()).isEqualTo(400);
        }
        assertThat(post(anna, "no JSON at all").statusCode()).isEqualTo(429);
    }

    @Test
    void givesASystemItsOwnRate() {
        var engine = TestTokens.system("system/*.cruds");
        for (int request = 0; request < 60; request++) {
            assertThat(read(engine).statusCode()).isEqualTo(200);
        }
        var refused = read(engine);

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).contains("1");
    }

    @Test
    void countsWhatComesFromAnAddressWithoutAToken() {
        for (int request = 0; request < 300; request++) {
            assertThat(read("none").statusCode()).isEqualTo(401);
        }
        assertThat(read("none").statusCode()).isEqualTo(429);
        assertThat(read(TestTokens.clinician("anna")).statusCode()).isEqualTo(429);
    }

    @Test
    @DisplayName("PA-023: of 200 slow searches of one client at once all but 18 get a 429, and others are served")
    void keepsPlacesForOthersWhileOneClientSendsManyAtOnce() {
        var held = new Held();
        server.getBean(TestFhirServer.class).registerInterceptor(held);
        var engine = TestTokens.system("system/*.cruds");
        List<CompletableFuture<Integer>> answers = IntStream.range(0, 200)
                .mapToObj(number -> http.sendAsync(
                                request("Patient", engine)
                                        .header("X-Slow", "yes")
                                        .build(),
                                BodyHandlers.ofString())
                        .thenApply(HttpResponse::statusCode))
                .toList();
        await().until(() -> answers.stream().filter(CompletableFuture::isDone).count() >= 182);

        assertThat(held.most).hasValue(2);
        assertThat(read(TestTokens.clinician("anna")).statusCode()).isEqualTo(200);
        held.released.countDown();
        var statuses = answers.stream().map(CompletableFuture::join).toList();
        assertThat(statuses).filteredOn(status -> status == 429).hasSize(182);
        assertThat(statuses).filteredOn(status -> status == 200).hasSize(18);
        assertThat(held.most).hasValue(2);
    }

    private HttpResponse<String> read(String token) {
        return send(request("Organization", token));
    }

    private HttpResponse<String> post(String token, String body) {
        return send(request("Patient", token)
                .header("Content-Type", "application/fhir+json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder request(String path, String token) {
        return HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.getWebServer().getPort() + "/fhir/" + path))
                .header("Authorization", "Bearer " + token);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Keeps slow requests until they are released, and counts how many it has at once. */
    @Interceptor
    public static final class Held {

        private final CountDownLatch released = new CountDownLatch(1);
        private final AtomicInteger now = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();

        /** Waits. */
        @Hook(Pointcut.SERVER_INCOMING_REQUEST_PRE_PROCESSED)
        public void hold(HttpServletRequest request) throws InterruptedException {
            if (request.getHeader("X-Slow") != null) {
                most.accumulateAndGet(now.incrementAndGet(), Math::max);
                released.await();
                now.decrementAndGet();
            }
        }
    }
}
