package org.rapport.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.rapport.harness.FhirSession;
import org.rapport.harness.OutsideDatabase;
import org.rapport.harness.Server;
import org.rapport.harness.SharedServer;
import org.rapport.product.HookReceiver.Received;

class RestHookIT {

    @RegisterExtension
    static final SharedServer SHARED = new SharedServer();

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static OutsideDatabase database;
    private static Server server;
    private static FhirSession fhir;
    private static HookClient client;

    private final HookReceiver receiver = new HookReceiver();

    @BeforeAll
    static void start() {
        database = SHARED.database();
        server = SHARED.server();
        fhir = server.session("demo-backend");
        client = new HookClient(fhir);
    }

    @AfterEach
    void close() {
        receiver.close();
    }

    @Test
    void deliversExactlyWhatMatchesInOrder() {
        var hook = activeHook("8867-4", "application/fhir+json");
        for (int value = 1; value <= 5; value++) {
            client.observe("8867-4", "alice", value);
            client.observe("8310-5", "alice", 100 + value);
            client.observe("8867-4", "bob", 200 + value);
        }
        await().atMost(LIMIT).until(() -> receiver.taken(hook).size() >= 5);

        assertThat(receiver.all()).extracting(Received::value).containsExactly("1", "2", "3", "4", "5");
        assertThat(receiver.all()).extracting(Received::event).containsExactly(1L, 2L, 3L, 4L, 5L);
        var first = receiver.all().get(0);
        assertThat(first.method()).isEqualTo("PUT");
        assertThat(first.path())
                .isEqualTo("/hook/Observation/"
                        + FhirSession.parsed(first.body()).path("id").asText());
        assertThat(first.authorization()).isEqualTo("Bearer of-the-receiver");
    }

    @Test
    void tellsWithoutPayloadByAnEmptyPost() {
        var hook = activeHook("9279-1", "");
        client.observe("9279-1", "alice", 1);
        await().atMost(LIMIT).until(() -> receiver.taken(hook).size() == 1);

        var only = receiver.all().get(0);
        assertThat(only.method() + " " + only.path() + only.body()).isEqualTo("POST /hook");
    }

    @Test
    void tellsOfEachNewVersion() {
        var hook = activeHook("59408-5", "application/fhir+xml");
        var created = client.observe("59408-5", "alice", 1);
        var changed = created.toString().replace("\"value\":1", "\"value\":2");
        FhirSession.json(fhir.send(
                "PUT",
                "Observation/" + created.path("id").asText(),
                FhirSession.FHIR_JSON,
                BodyPublishers.ofString(changed)));
        FhirSession.json(
                fhir.send("DELETE", "Observation/" + created.path("id").asText(), "", BodyPublishers.noBody()));
        client.observe("59408-5", "alice", 3);
        await().atMost(LIMIT).until(() -> receiver.taken(hook).size() == 3);

        assertThat(receiver.all())
                .extracting(one -> one.body().replaceAll("(?s).*<valueQuantity><value value=\"(\\d)\".*", "$1"))
                .containsExactly("1", "2", "3");
    }

    @Test
    void asksTheDatabaseWhatTheResourceAloneDoesNotTell() {
        var always = hook("Observation?code=http://loinc.org|2708-6&date=sa2020-01-01", "application/fhir+json");
        var never = hook("Observation?code=http://loinc.org|2708-6&date=sa2090-01-01", "application/fhir+json");
        var dated = HookClient.observation("2708-6", "alice", 1)
                .replace("\"status\"", "\"effectiveDateTime\": \"2026-03-01\", \"status\"");
        FhirSession.json(fhir.post("Observation", dated));
        await().atMost(LIMIT).until(() -> receiver.taken(always).size() == 1);

        assertThat(receiver.taken(never)).isEmpty();
        assertThat(database.number("select count(*) from subscription_set_aside"))
                .isZero();
    }

    @Test
    void deliversAllInOrderAfterAReceiverWasAway() {
        var hook = activeHook("2339-0", "application/fhir+json");
        receiver.answer(one -> one.event() == 1 ? 200 : 503);
        IntStream.rangeClosed(1, 20).forEach(value -> client.observe("2339-0", "alice", value));
        await().atMost(LIMIT).until(() -> receiver.all().stream().anyMatch(one -> one.status() == 503));
        receiver.answer(one -> 204);
        IntStream.rangeClosed(21, 25).forEach(value -> client.observe("2339-0", "alice", value));
        await().atMost(LIMIT).until(() -> receiver.taken(hook).size() >= 25);

        assertThat(receiver.taken(hook))
                .extracting(Received::event)
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 25).boxed().toList());
        assertThat(receiver.taken(hook))
                .extracting(Received::value)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 25).mapToObj(Integer::toString).toList());
    }

    @Test
    void deliversNothingMoreOfADeletedSubscription() {
        var deleted = activeHook("8480-6", "application/fhir+json");
        receiver.answer(one -> one.subscription().equals(deleted) ? 503 : 200);
        client.observe("8480-6", "alice", 1);
        await().atMost(LIMIT).until(() -> !receiver.all().isEmpty());
        FhirSession.json(fhir.send("DELETE", "Subscription/" + deleted, "", BodyPublishers.noBody()));
        await().atMost(LIMIT)
                .until(() -> database.number(
                                "select count(*) from outbox_item where lane = '" + deleted + "' and state = 'W'")
                        == 0);
        receiver.answer(one -> 200);
        var other = activeHook("8480-6", "application/fhir+json");
        client.observe("8480-6", "alice", 2);
        await().atMost(LIMIT).until(() -> receiver.taken(other).size() == 1);

        assertThat(receiver.taken(deleted)).isEmpty();
    }

    @Test
    void stopsWhenTheReceiverIsGone() {
        var hook = activeHook("8462-4", "application/fhir+json");
        receiver.answer(one -> 410);
        client.observe("8462-4", "alice", 1);
        client.awaitStatus(hook, "error");
        client.observe("8462-4", "alice", 2);

        assertThat(client.subscription(hook).path("error").asText()).contains("410");
        assertThat(receiver.all()).hasSize(1);
    }

    @Test
    void refusesPrivateAddressesInASentence() {
        var id = client.create("Observation?code=8867-4", "https://10.0.0.1/hook", "application/fhir+json");
        client.awaitStatus(id, "error");

        assertThat(client.subscription(id).path("error").asText()).contains("public address");
    }

    @Test
    void refusesCriteriaItCannotSearchBy() {
        var id = client.create("Observation?no-such-parameter=1", receiver.endpoint("/hook"), "");
        client.awaitStatus(id, "error");

        assertThat(client.subscription(id).path("error").asText()).contains("cannot search by");
    }

    @Test
    void showsTheSecretOfAReceiverToNobodyElse() {
        var id = activeHook("8302-2", "application/fhir+json");
        var others = server.session("demo-reader");

        assertThat(fhir.get("Subscription/" + id).body()).contains("of-the-receiver");
        for (var path : List.of(
                "Subscription/" + id,
                "Subscription/" + id + "/_history/1",
                "Subscription/" + id + "/_history",
                "Subscription?_id=" + id)) {
            var answer = others.get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            assertThat(answer.body()).as(path).contains("rest-hook").doesNotContain("of-the-receiver");
        }
        assertThat(server.output() + server.errors()).doesNotContain("of-the-receiver");
    }

    /** What it takes from the create to the receiver; the numbers are for people, not for the build. */
    @Test
    void measuresTheWayToTheReceiver() {
        var hook = activeHook("8310-5", "application/fhir+json");
        var sent = new HashMap<String, Long>();
        await().pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(50))
                .atMost(LIMIT)
                .until(() -> {
                    int value = sent.size() + 1;
                    sent.put(Integer.toString(value), System.nanoTime());
                    client.observe("8310-5", "alice", value);
                    return value == 120;
                });
        await().atMost(LIMIT).until(() -> receiver.taken(hook).size() == 120);

        var micros = new ArrayList<>(receiver.taken(hook).stream()
                .skip(20)
                .map(one -> (one.at() - sent.getOrDefault(one.value(), 0L)) / 1000)
                .sorted()
                .toList());
        System.out.printf(
                Locale.ROOT,
                "create (request begun) to receive over %d: p50 %.1f ms, p99 %.1f ms, longest %.1f ms%n",
                micros.size(),
                micros.get(micros.size() / 2) / 1000.0,
                micros.get((micros.size() - 1) * 99 / 100) / 1000.0,
                micros.get(micros.size() - 1) / 1000.0);
        assertThat(micros).hasSize(100);
    }

    private String activeHook(String code, String payload) {
        return hook("Observation?code=http://loinc.org|" + code + "&subject=Patient/alice", payload);
    }

    private String hook(String criteria, String payload) {
        return client.activeHook(criteria, receiver.endpoint("/hook"), payload);
    }
}
