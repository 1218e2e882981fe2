package org.rapport.changes;

import java.util.List;
import java.util.function.Consumer;
import org.rapport.work.Work;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Opens feeds of the change log.
 *
 * @param database joins the transaction that runs
 * @param transaction runs a page; the same that HAPI's resources are written in
 */
public record ChangeFeeds(JdbcClient database, TransactionOperations transaction) {

    /** Called after each commit that changed something. */
    public static final String TOPIC = "changes";

    private static final int PAGE = 100;

    /** The feed of the consumer with that name. */
    public ChangeFeed of(String consumer) {
        return new ChangeFeed(consumer, database, transaction);
    }

    /**
     * Reads the feed in the background for as long as the server runs.
     *
     * @param consumer name of the cursor and of the work
     * @param reader what it does with a page, in the transaction that moves the cursor: it writes to the database and
     *     does nothing else; a change it cannot handle it sets aside itself, as a failure brings the whole page again
     */
    public Work work(String consumer, Consumer<List<ChangeFeed.Entry>> reader) {
        return new Reading(consumer, of(consumer), reader);
    }

    private record Reading(String name, ChangeFeed feed, Consumer<List<ChangeFeed.Entry>> reader) implements Work {

        @Override
        public String topic() {
            return TOPIC;
        }

        @Override
        public Step step() {
            if (feed.next(PAGE, reader) > 0) {
                return Step.MORE;
            }
            return feed.heldUp() ? Step.SOON : Step.IDLE;
        }
    }
}
