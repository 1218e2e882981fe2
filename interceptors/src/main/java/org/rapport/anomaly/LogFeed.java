package org.rapport.anomaly;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.rapport.audit.AuditRow;
import org.rapport.audit.AuditSearch;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The audit log in the order of its chain, from where the rules have come to. One instance reads at a time and keeps the
 * right to while it has something to do, since it remembers what came before.
 *
 * @param database holds the log
 * @param reader tells this instance from the others
 */
record LogFeed(JdbcClient database, UUID reader) {

    private static final String ROWS = "select l.*, c.chain_index from audit_chain c join audit_log l"
            + " on l.number = c.number and l.recorded = c.recorded where ";

    /** Where to go on, when there is something and no other instance is at it. */
    Optional<Long> claim(Duration time) {
        return database.sql("update audit_export_cursor set lease = ?,"
                        + " leased_until = clock_timestamp() + ? * interval '1 millisecond' where name = 'anomaly'"
                        + " and (lease = ? or leased_until is null or leased_until < clock_timestamp())"
                        + " and exists (select from audit_chain c where c.chain_index > audit_export_cursor.chain_index)"
                        + " returning chain_index")
                .params(reader, time.toMillis(), reader)
                .query(Long.class)
                .optional();
    }

    /** What comes next. */
    List<Place> next(long after, int most) {
        return rows(ROWS + "c.chain_index > ? order by c.chain_index limit ?", after, most);
    }

    /**
     * What a reader who begins at a place has to know: all of the half hour before it and, of the day before it, what the
     * rules look for over a day and is rare.
     */
    List<Place> before(long place, int most) {
        return rows(
                "select * from (" + ROWS + "c.chain_index <= ? and c.recorded > (select max(recorded) from audit_chain"
                        + " where chain_index = ?) - interval '1 day' and (c.recorded > (select max(recorded) from"
                        + " audit_chain where chain_index = ?) - interval '30 minutes' or l.purpose = 'BTG'"
                        + " or l.interaction in ('client-registered', 'roles-changed'))"
                        + " order by c.chain_index desc limit ?) latest order by chain_index",
                place,
                place,
                place,
                most);
    }

    /**
     * Moves on, in the transaction that keeps what was found.
     *
     * @return false when another instance has taken over: then nothing of it may be kept
     */
    boolean move(long place) {
        return database.sql("update audit_export_cursor set chain_index = ? where name = 'anomaly' and lease = ?")
                        .params(place, reader)
                        .update()
                == 1;
    }

    private List<Place> rows(String statement, Object... parameters) {
        return database.sql(statement)
                .params(parameters)
                .query((row, index) -> new Place(row.getLong("chain_index"), AuditSearch.row(row)))
                .list();
    }

    /**
     * A row in its place.
     *
     * @param index its place in the chain
     */
    record Place(long index, AuditRow row) {}
}
