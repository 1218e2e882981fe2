package org.rapport.changes;

import java.util.List;
import java.util.function.Consumer;
import org.rapport.work.Causes;
import org.rapport.work.Work;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Reads a feed page by page. After a failure it goes on one change at a time, so that a change nobody can handle holds up
 * the others for about a minute and no longer; while the database is in trouble nothing is given up.
 */
final class FeedReading implements Work {

    private static final Logger LOG = LoggerFactory.getLogger(FeedReading.class);
    private static final int PAGE = 100;
    private static final int MOST_ATTEMPTS = 8;

    private final String name;
    private final ChangeFeed feed;
    private final Consumer<List<ChangeFeed.Entry>> reader;
    private int failures;

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
        try {
            int read = feed.next(failures == 0 ? PAGE : 1, reader);
            failures = 0;
            if (read > 0) {
                return Step.MORE;
            }
            return feed.heldUp() ? Step.SOON : Step.IDLE;
        } catch (RuntimeException e) {
            failures++;
            if (failures <= MOST_ATTEMPTS || isDatabaseTrouble(e)) {
                throw e;
            }
            feed.setAside(Causes.of(e));
            failures = 0;
            LOG.error("The work {} has set a change aside ({}); see change_set_aside", name, Causes.of(e));
            return Step.MORE;
        }
    }

    private static boolean isDatabaseTrouble(RuntimeException failure) {
        return failure instanceof TransientDataAccessException
                || failure instanceof RecoverableDataAccessException
                || failure instanceof NonTransientDataAccessResourceException
                || failure instanceof TransactionException;
    }
}
