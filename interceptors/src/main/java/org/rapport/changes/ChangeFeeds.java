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

    /** The feed of the consumer with that name. */
    public ChangeFeed of(String consumer) {
        return new ChangeFeed(consumer, database, transaction);
    }

    /**
     * Reads the feed in the background for as long as the server runs.
     *
     * @param consumer name of the cursor and of the work
     * @param reader what it does with a page, in the transaction that moves the cursor: it writes to the database and
     *     does nothing else; when it fails, the same changes come again, then one by one, and a change that fails again
     *     and again is set aside in {@code change_set_aside}
     */
    public Work work(String consumer, Consumer<List<ChangeFeed.Entry>> reader) {
        return new FeedReading(consumer, of(consumer), reader);
    }
}
