package org.rapport.changes;

import java.util.List;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes the change log go on after its database was restored from a dump, or moved, to a cluster whose transaction ids are
 * younger than those in the log: new changes would stand before what was read, and nobody would ever read them.
 *
 * <p>What is there gets an id older than any to come; its order and what each consumer has read stay as they were. What was
 * written after the restore and before this comes last and counts as unread.
 */
public final class RestoredLog {

    private static final Logger LOG = LoggerFactory.getLogger(RestoredLog.class);

    private static final String FROM_ELSEWHERE = "transaction >= pg_snapshot_xmax(pg_current_snapshot())";

    private static final List<String> RENUMBER = List.of(
            "set local statement_timeout = 0",
            "create temporary table restored_log on commit drop as"
                    + " select *, false as late, 0::bigint as place from change_log",
            "update restored_log set late = not (" + FROM_ELSEWHERE + ") and number >"
                    + " coalesce((select max(number) from change_log where " + FROM_ELSEWHERE + "), -1)",
            "update restored_log set place = ranked.place from (select number,"
                    + " row_number() over (order by late, transaction, number) as place from restored_log) ranked"
                    + " where ranked.number = restored_log.number",
            "update change_cursor c set transaction = '1', number = (select count(*) from restored_log r"
                    + " where not r.late and (r.transaction, r.number) <= (c.transaction, c.number))",
            "update change_set_aside s set transaction = '1', number = r.place from restored_log r"
                    + " where r.transaction = s.transaction and r.number = s.number",
            "delete from change_log",
            "insert into change_log (transaction, number, resource_type, resource_id, version, kind, changed_at)"
                    + " overriding system value select '1', place, resource_type, resource_id, version, kind, changed_at"
                    + " from restored_log");

    private RestoredLog() {}

    /**
     * Renumbers the log if it needs it.
     *
     * @param database gives connections without a limit of time; nobody else writes or reads changes meanwhile
     */
    public static void goOn(DataSource database) {
        var statements = new JdbcTemplate(database);
        new TransactionTemplate(new JdbcTransactionManager(database)).executeWithoutResult(status -> {
            if (isFromElsewhere(statements)) {
                LOG.info("The database was restored from a dump or moved: renumbering the change log");
                RENUMBER.forEach(statements::execute);
            }
        });
    }

    private static boolean isFromElsewhere(JdbcTemplate statements) {
        return Boolean.TRUE.equals(statements.queryForObject(
                "select exists (select from change_log where " + FROM_ELSEWHERE + ")"
                        + " or exists (select from change_cursor where " + FROM_ELSEWHERE + ")",
                Boolean.class));
    }
}
