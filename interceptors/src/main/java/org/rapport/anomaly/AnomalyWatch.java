package org.rapport.anomaly;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.rapport.anomaly.LogFeed.Place;
import org.rapport.suspicion.Limits;
import org.rapport.suspicion.People;
import org.rapport.suspicion.Suspicion;
import org.rapport.suspicion.Watch;
import org.rapport.work.Work;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Shows the rules what was added to the audit log, every three seconds. What they find is kept in the transaction that moves
 * on, so that it is neither lost nor told twice when the process is killed.
 */
public final class AnomalyWatch implements Work {

    private static final Logger LOG = LoggerFactory.getLogger(AnomalyWatch.class);

    private static final int TRIES = 5;
    private static final int PAGE = 1_000;
    private static final int MOST_BEFORE = 50_000;
    private static final Duration PAUSE = Duration.ofSeconds(3);
    private static final Duration LEASE = Duration.ofSeconds(30);

    private final Sources sources;
    private final Findings findings;
    private final TransactionOperations transaction;
    private final Clock clock;
    private final LogFeed feed;
    private Watch watch;
    private long place = -1;
    private long tried = -1;
    private int tries;
    private Instant next = Instant.MIN;

    /**
     * What the rules go by.
     *
     * @param limits where suspicion begins
     * @param database holds the log
     * @param people how they are related
     */
    public record Sources(Limits limits, JdbcClient database, People people) {

        Watch watch() {
            return new Watch(limits, new LogPast(database, limits.zone()), people);
        }
    }

    /** @param transaction runs each page */
    public AnomalyWatch(Sources sources, Findings findings, TransactionOperations transaction, Clock clock) {
        this.sources = sources;
        this.findings = findings;
        this.transaction = transaction;
        this.clock = clock;
        this.feed = new LogFeed(sources.database(), UUID.randomUUID());
        this.watch = sources.watch();
    }

    @Override
    public String name() {
        return "audit-anomaly";
    }

    @Override
    public String topic() {
        return "audit-anomaly";
    }

    @Override
    public Step step() {
        var now = clock.instant();
        if (now.isBefore(next) && !next.isAfter(now.plus(PAUSE))) {
            return Step.IDLE;
        }
        var begin = feed.claim(LEASE);
        if (begin.isPresent() && goOn(begin.get())) {
            return Step.MORE;
        }
        next = now.plus(PAUSE);
        return Step.IDLE;
    }

    private boolean goOn(long begin) {
        tries = begin == tried ? tries + 1 : 1;
        tried = begin;
        if (begin != place) {
            watch = sources.watch();
            feed.before(begin, MOST_BEFORE).forEach(this::look);
        }
        place = -1;
        var page = feed.next(begin, PAGE);
        if (page.isEmpty()) {
            return false;
        }
        long end = page.get(page.size() - 1).index();
        keep(look(page), end);
        place = end;
        return page.size() == PAGE;
    }

    private List<Suspicion> look(List<Place> page) {
        return page.stream().flatMap(each -> look(each).stream()).toList();
    }

    private List<Suspicion> look(Place each) {
        try {
            return watch.look(each.row());
        } catch (RuntimeException e) {
            setAside("Audit row " + each.row().number(), e);
            return List.of();
        }
    }

    private void keep(List<Suspicion> suspicions, long end) {
        if (tries > TRIES) {
            suspicions.forEach(this::keepAlone);
            move(List.of(), end);
        } else {
            move(suspicions, end);
        }
    }

    private void keepAlone(Suspicion suspicion) {
        try {
            transaction.executeWithoutResult(status -> findings.add(suspicion));
        } catch (RuntimeException e) {
            setAside("A finding of " + suspicion.rule() + " since " + suspicion.since(), e);
        }
    }

    /** What fails again and again must not keep the rules from all that comes after it. */
    private void setAside(String what, RuntimeException failure) {
        if (tries <= TRIES) {
            throw failure;
        }
        LOG.error(
                "{} is set aside after {} tries: {}",
                what,
                TRIES,
                failure.getClass().getSimpleName());
    }

    private void move(List<Suspicion> suspicions, long end) {
        transaction.executeWithoutResult(status -> {
            suspicions.forEach(findings::add);
            if (!feed.move(end)) {
                status.setRollbackOnly();
            }
        });
    }
}
