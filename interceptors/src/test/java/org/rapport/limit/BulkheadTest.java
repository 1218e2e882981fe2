package org.rapport.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class BulkheadTest {

    @Test
    void letsInAsManyAsItHasPlacesFor() {
        var bulkhead = new Bulkhead(2, 0, Duration.ZERO);

        assertThat(bulkhead.enter()).isTrue();
        assertThat(bulkhead.enter()).isTrue();
        assertThat(bulkhead.enter()).isFalse();

        bulkhead.leave();
        assertThat(bulkhead.enter()).isTrue();
    }

    @Test
    void turnsAwayWhoHasWaitedForTooLong() {
        var bulkhead = new Bulkhead(1, 1, Duration.ofMillis(1));
        bulkhead.enter();

        assertThat(bulkhead.enter()).isFalse();

        bulkhead.leave();
        assertThat(bulkhead.enter()).isTrue();
    }

    @Test
    void letsAWaitingOneInWhenAnotherLeaves() {
        var bulkhead = new Bulkhead(1, 1, Duration.ofSeconds(30));
        bulkhead.enter();
        var entered = new AtomicBoolean();
        var waiting = new Thread(() -> entered.set(bulkhead.enter()));
        waiting.start();
        await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);

        assertThat(bulkhead.enter()).isFalse();
        bulkhead.leave();

        await().untilTrue(entered);
    }
}
