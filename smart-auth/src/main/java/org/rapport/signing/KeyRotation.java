package org.rapport.signing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.rapport.work.Work;

/** Looks once a minute whether it is time for another signing key. */
public final class KeyRotation implements Work {

    private static final Duration BETWEEN_LOOKS = Duration.ofMinutes(1);

    private final SigningKeys keys;
    private final Clock clock;
    private Instant next = Instant.EPOCH;

    /** @param keys the keys */
    public KeyRotation(SigningKeys keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "key-rotation";
    }

    @Override
    public String topic() {
        return "signing-keys";
    }

    @Override
    public Step step() {
        var now = clock.instant();
        if (!now.isBefore(next)) {
            keys.rotateIfDue();
            next = now.plus(BETWEEN_LOOKS);
        }
        return Step.IDLE;
    }
}
