package org.rapport.verification;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Finds rows of the log that are in no chain although the chain has come past them: nobody but the chainer's own progress
 * could have left them out.
 *
 * @param database holds both
 */
public record LogCoverage(JdbcClient database) {

    private static final int MOST = 100;

    /** The numbers of such rows, after one number and up to another, a hundred at most. */
    List<Long> gaps(long after, long until) {
        return database.sql(
                        "select l.number from audit_log l, audit_chain_cursor k where l.number > ? and l.number <= ?"
                                + " and (l.transaction, l.number) <= (k.transaction, k.number)"
                                + " and (select c.recorded from audit_chain c where c.number = l.number)"
                                + " is distinct from l.recorded"
                                + " order by l.number limit ?")
                .params(after, until, MOST)
                .query(Long.class)
                .list();
    }
}
