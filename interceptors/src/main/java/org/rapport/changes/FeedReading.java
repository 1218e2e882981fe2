package org.rapport.changes;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.rapport.work.Causes;
import org.rapport.work.DatabaseTrouble;
import org.rapport.work.Work;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a feed page by page. After a failure it goes on one change at a time, so that a change nobody can handle holds up
 * the others for about a minute and no longer; while the database is in trouble nothing is given up.
 */
final class FeedReading implements Work {

    private static final Logger LOG = LoggerFactory.getLogger(FeedReading.class);
    private static final int PAGE = 100;
    private static final int MOST_ATTEMPTS = 8;

    /** About an hour: nobody can tell a slow database from a change that takes too long. */
    private static final int MOST_ATTEMPTS_WHEN_SLOW = 60;

    private final String name;
    private final ChangeFeed feed;
    private final Consumer<List<ChangeFeed.Entry>> reader;
    private int failures;
    private ChangeFeed.@Nullable Position blamed;

    FeedReading(String name, ChangeFeed feed, Consumer<List<ChangeFeed.Entry>> reader) {
        this.name = name;
        this.feed = feed;
        this.reader = reader;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String topic() {
        return ChangeFeeds.TOPIC;
    }

    @Override
    public Step step() {
        var first = new AtomicReference<ChangeFeed.Position>();
        try {
            int read = feed.next(failures == 0 ? PAGE : 1, page -> {
                first.set(page.get(0).position());
                reader.accept(page);
            });
            failures = 0;
            if (read > 0) {
                return Step.MORE;
            }
            return feed.heldUp() ? Step.SOON : Step.IDLE;
        } catch (RuntimeException e) {
            return failed(e, first.get());
        }
    }

    /** Counts what a change is to blame for; a failure before any was read, or of the database, blames none. */
    private Step failed(RuntimeException failure, ChangeFeed.@Nullable Position position) {
        if (position == null || DatabaseTrouble.isBehind(failure)) {
            throw failure;
        }
        failures = position.equals(blamed) || failures == 0 ? failures + 1 : 1;
        blamed = position;
        if (failures <= (DatabaseTrouble.isTooSlow(failure) ? MOST_ATTEMPTS_WHEN_SLOW : MOST_ATTEMPTS)) {
            throw failure;
        }
        if (feed.setAside(position, Causes.of(failure))) {
            LOG.error("The work {} has set a change aside ({}); see change_set_aside", name, Causes.of(failure));
        }
        failures = 0;
        return Step.MORE;
    }
}
