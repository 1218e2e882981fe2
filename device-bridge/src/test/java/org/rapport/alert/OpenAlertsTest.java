package org.rapport.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.rapport.alert.OpenAlerts.Known;
import org.rapport.testing.TestDatabase;

class OpenAlertsTest {

    private final TestDatabase database = TestDatabase.with("V2026.11.22.61__alert_open.sql");
    private final OpenAlerts open = new OpenAlerts(database.client());

    @Test
    void letOneOfManyRaiseTheAlert() throws InterruptedException {
        var raised = new AtomicInteger();
        var threads = IntStream.range(0, 8)
                .mapToObj(number -> new Thread(() -> database.transactions().executeWithoutResult(status -> {
                    if (open.lock("alice", "critical-8867-4").isEmpty()) {
                        raised.incrementAndGet();
                        open.raised("alice", "critical-8867-4", new Known("i-" + number, "t-" + number));
                    }
                })))
                .toList();
        threads.forEach(Thread::start);
        for (var thread : threads) {
            thread.join();
        }
        assertThat(raised).hasValue(1);
    }

    @Test
    void rememberTheLastOfEachPatientAndRule() {
        assertThat(lock("alice", "a")).isEmpty();
        database.transactions().executeWithoutResult(status -> open.raised("alice", "a", new Known("i", "t")));
        assertThat(lock("alice", "a")).contains(new Known("i", "t"));
        assertThat(lock("alice", "b")).isEmpty();
        assertThat(lock("bob", "a")).isEmpty();
    }

    private Optional<Known> lock(String patient, String rule) {
        return database.transactions().<Optional<Known>>execute(status -> open.lock(patient, rule));
    }
}
