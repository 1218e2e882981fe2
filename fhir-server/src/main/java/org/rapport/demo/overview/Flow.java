package org.rapport.demo.overview;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What waits between a write and what follows from it.
 *
 * @param database holds the change log and the outbox
 */
record Flow(JdbcClient database) {

    /**
     * What waits for one sender.
     *
     * @param kind such as rest-hook
     * @param waiting how many wait
     * @param lag how long the oldest of those that are due has waited, in seconds
     * @param sent how many have left
     * @param parked how many were given up
     */
    record Queue(String kind, long waiting, long lag, long sent, long parked) {}

    /**
     * What waits for one consumer of the change log.
     *
     * @param name such as reminder-planner
     * @param unread how many changes it has not read
     */
    record Consumer(String name, long unread) {}

    List<Queue> queues() {
        return database.sql("select kind, count(*) filter (where state = 'W'),"
                        + " greatest(0, coalesce(extract(epoch from now() - min(due_at) filter (where state = 'W')), 0)),"
                        + " count(*) filter (where state = 'D'), count(*) filter (where state = 'P')"
                        + " from outbox_item group by kind order by kind")
                .query((row, index) ->
                        new Queue(row.getString(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5)))
                .list();
    }

    List<Consumer> consumers() {
        return database.sql("select c.consumer, (select count(*) from change_log l"
                        + " where (l.transaction, l.number) > (c.transaction, c.number))"
                        + " from change_cursor c order by c.consumer")
                .query((row, index) -> new Consumer(row.getString(1), row.getLong(2)))
                .list();
    }
}
