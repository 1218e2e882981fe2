package org.rapport.demo.world;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.function.Consumer;
import org.hl7.fhir.r4.model.Bundle;
import org.rapport.demo.record.DemoDevices;
import org.rapport.demo.record.DemoHistory;
import org.rapport.demo.record.DemoPeople;
import org.rapport.demo.record.DemoSchedules;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the demo world: everything at the first start, later only slots for the days that have come.
 *
 * <p>Each step can be done twice. A process that is killed in between leaves the world incomplete, and the next start
 * does all steps again.
 */
final class DemoWorld {

    private static final Logger LOG = LoggerFactory.getLogger(DemoWorld.class);
    private static final int DAYS_AHEAD = 28;
    private static final Duration DEVICES_SINCE = Duration.ofDays(30);

    private final Consumer<Bundle> store;
    private final DemoMark mark;
    private final DemoAccess access;
    private final Clock clock;

    /**
     * A world not yet made.
     *
     * @param store does a FHIR transaction
     */
    DemoWorld(Consumer<Bundle> store, DemoMark mark, DemoAccess access, Clock clock) {
        this.store = store;
        this.mark = mark;
        this.access = access;
        this.clock = clock;
    }

    /** Brings the world up to date and writes down how to get in; other processes on this database wait. */
    void make(CredentialsFile file, DemoCredentials.Addresses addresses, DemoLogins logins) {
        mark.exclusively(() -> {
            var known = file.read();
            if (known.isEmpty() && isComplete()) {
                LOG.info("The demo world is there already; {} is with the server that made it", CredentialsFile.NAME);
            } else {
                var credentials =
                        known.orElseGet(() -> logins.invent(addresses)).at(addresses);
                file.write(credentials);
                populate(file, credentials);
            }
            addSlots();
        });
    }

    private boolean isComplete() {
        return mark.progress().map(DemoMark.Progress::complete).orElse(false);
    }

    private void populate(CredentialsFile file, DemoCredentials credentials) {
        if (isComplete()) {
            return;
        }
        LOG.info("Making the demo world");
        mark.begin();
        Instant now = clock.instant();
        store.accept(DemoPeople.bundle());
        store.accept(DemoDevices.bundle(now.minus(DEVICES_SINCE)));
        store.accept(DemoHistory.bundle(now));
        store.accept(DemoSchedules.bundle());
        file.write(access.grant(credentials));
        addSlots();
        mark.complete();
    }

    private void addSlots() {
        Instant now = clock.instant();
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        LocalDate end = today.plusDays(DAYS_AHEAD);
        LocalDate first = mark.progress()
                .map(DemoMark.Progress::slotsUntil)
                .filter(today::isBefore)
                .orElse(today);
        if (first.isBefore(end)) {
            DemoSchedules.slots(first, end, now).forEach(store);
            mark.slotsUntil(end);
        }
    }
}
