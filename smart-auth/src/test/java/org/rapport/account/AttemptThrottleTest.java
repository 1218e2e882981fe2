package org.rapport.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class AttemptThrottleTest {

    private static final Duration WINDOW = Duration.ofMinutes(5);

    private Instant now = Instant.parse("2026-03-01T12:00:00Z");
    private final AttemptThrottle throttle = new AttemptThrottle(3, WINDOW, 2, clock());

    private Clock clock() {
        InstantSource source = () -> now;
        return source.withZone(ZoneOffset.UTC);
    }

    @Test
    void holdsASourceAtTheLimitAndNotBefore() {
        fail("a", 2);
        assertThat(throttle.holds("a")).isFalse();
        fail("a", 1);
        assertThat(throttle.holds("a")).isTrue();
        assertThat(throttle.holds("b")).isFalse();
    }

    @Test
    void letsASourceGoAfterTheWindow() {
        fail("a", 3);
        now = now.plus(WINDOW).minusMillis(1);
        assertThat(throttle.holds("a")).isTrue();
        now = now.plusMillis(1);
        assertThat(throttle.holds("a")).isFalse();
    }

    @Test
    void forgetsAfterASuccess() {
        fail("a", 2);
        throttle.succeeded("a");
        fail("a", 2);
        assertThat(throttle.holds("a")).isFalse();
    }

    @Test
    void remembersAtMostItsCapacity() {
        fail("a", 3);
        fail("b", 3);
        fail("c", 3);
        assertThat(throttle.holds("a")).isFalse();
        assertThat(throttle.holds("c")).isTrue();
    }

    private void fail(String source, int times) {
        for (int i = 0; i < times; i++) {
            throttle.failed(source);
        }
    }
}
