package org.rapport.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.rapport.testing.MovedClock;

class TokenBucketsTest {

    private static final Instant NOON = Instant.parse("2026-11-29T12:00:00Z");

    private final MovedClock clock = new MovedClock(NOON);
    private final TokenBuckets buckets = new TokenBuckets(60, 3, clock);

    @Test
    void giveAsManyTokensAsTheyHold() {
        assertThat(taken("anna")).isEqualTo(60);
    }

    @Test
    void sayWhenTheNextTokenComes() {
        taken("anna");

        assertThat(buckets.take("anna")).contains(Duration.ofSeconds(1));
        clock.forward(Duration.ofMillis(999));
        assertThat(buckets.take("anna")).isPresent();
        clock.forward(Duration.ofMillis(1));
        assertThat(buckets.take("anna")).isEmpty();
        assertThat(buckets.take("anna")).isPresent();
    }

    @Test
    void areFullAgainAfterAMinuteAndNeverMoreThanFull() {
        taken("anna");
        clock.forward(Duration.ofDays(3));

        assertThat(taken("anna")).isEqualTo(60);
    }

    @Test
    void tellCallersApart() {
        taken("anna");

        assertThat(buckets.take("boris")).isEmpty();
    }

    @Test
    void rememberNoMoreCallersThanTheyAreTold() {
        taken("anna");
        buckets.take("boris");
        buckets.take("clara");
        assertThat(buckets.take("anna")).isPresent();

        for (int stranger = 0; stranger < 10_000; stranger++) {
            buckets.take("stranger-" + stranger);
        }
        assertThat(buckets.remembered()).isLessThanOrEqualTo(3);
    }

    @Test
    void giveNothingForAClockThatIsSetBack() {
        taken("anna");
        clock.forward(Duration.ofHours(-1));
        assertThat(buckets.take("anna")).isPresent();

        clock.forward(Duration.ofSeconds(1));
        assertThat(buckets.take("anna")).isEmpty();
    }

    @Test
    void countEachRequestOfManyThreads() throws InterruptedException {
        var many = new TokenBuckets(1_000, 3, Clock.fixed(NOON, ZoneOffset.UTC));
        var given = new AtomicInteger();
        var threads = new ArrayList<Thread>();
        for (int thread = 0; thread < 8; thread++) {
            threads.add(new Thread(() -> {
                for (int request = 0; request < 500; request++) {
                    if (many.take("anna").isEmpty()) {
                        given.incrementAndGet();
                    }
                }
            }));
        }
        threads.forEach(Thread::start);
        for (var thread : threads) {
            thread.join();
        }

        assertThat(given).hasValue(1_000);
    }

    private int taken(String caller) {
        int taken = 0;
        while (buckets.take(caller).isEmpty()) {
            taken++;
        }
        return taken;
    }
}
