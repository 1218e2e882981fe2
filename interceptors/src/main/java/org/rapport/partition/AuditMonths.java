package org.rapport.partition;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import org.rapport.work.Work;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Makes the partitions of the audit log for this month and the three to come, unless they are there. Without them rows would
 * go to the partition {@code later}, and none would be lost.
 *
 * @see <a href="https://www.postgresql.org/docs/18/ddl-partitioning.html">PostgreSQL 18, 5.12</a>
 */
public final class AuditMonths implements Work {

    private static final long LOCK = 0x7261_7070_6f72_7404L;
    private static final Duration BETWEEN_LOOKS = Duration.ofHours(1);
    private static final int AHEAD = 3;

    private final JdbcTemplate database;
    private final TransactionOperations transaction;
    private final Clock clock;
    private Instant next = Instant.EPOCH;

    /**
     * @param database owns the audit log
     * @param transaction runs the making of a partition
     */
    public AuditMonths(JdbcTemplate database, TransactionOperations transaction, Clock clock) {
        this.database = database;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "audit-months";
    }

    @Override
    public String topic() {
        return "audit-months";
    }

    @Override
    public Step step() {
        var now = clock.instant();
        if (!now.isBefore(next)) {
            var month = YearMonth.from(now.atOffset(ZoneOffset.UTC));
            for (int ahead = 0; ahead <= AHEAD; ahead++) {
                make(new Month(month.plusMonths(ahead)));
            }
            next = now.plus(BETWEEN_LOOKS);
        }
        return Step.IDLE;
    }

    private void make(Month month) {
        if (isCovered(month)) {
            return;
        }
        transaction.executeWithoutResult(status -> {
            database.query("select pg_advisory_xact_lock(?)", row -> {}, LOCK);
            if (!isCovered(month)) {
                month.statements().forEach(database::execute);
            }
        });
    }

    /** Whether it has a partition, lies in the earliest one, or has rows of a clock that was ahead. */
    private boolean isCovered(Month month) {
        return Boolean.TRUE.equals(database.queryForObject(
                "select to_regclass(?) is not null"
                        + " or ?::timestamptz < (select (regexp_match(pg_get_expr(relpartbound, oid),"
                        + " 'TO \\(''([^'']+)''\\)'))[1]::timestamptz from pg_class"
                        + " where oid = 'audit_months.earliest'::regclass)"
                        + " or exists (select from audit_months.later where recorded >= ?::timestamptz"
                        + " and recorded < ?::timestamptz)",
                Boolean.class,
                month.table(),
                month.begin(),
                month.begin(),
                month.end()));
    }

    /** A month and its partition. */
    private record Month(YearMonth month) {

        String table() {
            return "audit_months.m%04d_%02d".formatted(month.getYear(), month.getMonthValue());
        }

        String begin() {
            return month.atDay(1) + " 00:00:00+00";
        }

        String end() {
            return month.plusMonths(1).atDay(1) + " 00:00:00+00";
        }

        /** Attaching holds up nobody who writes, as making it in place would. */
        List<String> statements() {
            return List.of(
                    "set local lock_timeout = '2s'",
                    "create table " + table() + " (like audit_log including defaults)",
                    "create trigger never_emptied before truncate on " + table()
                            + " for each statement execute function refuse_audit_change()",
                    "revoke update, delete, truncate on " + table() + " from current_user",
                    "alter table audit_log attach partition " + table() + " for values from ('" + begin() + "') to ('"
                            + end() + "')");
        }
    }
}
