package org.rapport.breakglass;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.rapport.work.Work;

/** Ends emergencies whose time is over and reminds of late reviews, every two seconds. */
public final class EmergencyWork implements Work {

    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final BreakGlass glass;
    private final Reviews reviews;
    private final Clock clock;
    private Instant next = Instant.MIN;

    public EmergencyWork(BreakGlass glass, Reviews reviews, Clock clock) {
        this.glass = glass;
        this.reviews = reviews;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "break-glass";
    }

    @Override
    public String topic() {
        return "break-glass";
    }

    @Override
    public Step step() {
        var now = clock.instant();
        if (now.isBefore(next) && !next.isAfter(now.plus(PAUSE))) {
            return Step.IDLE;
        }
        if (glass.endOver()) {
            return Step.MORE;
        }
        reviews.remind();
        next = now.plus(PAUSE);
        return Step.IDLE;
    }
}
