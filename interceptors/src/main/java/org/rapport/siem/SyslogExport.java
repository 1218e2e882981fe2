package org.rapport.siem;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.rapport.audit.AuditRow;
import org.rapport.audit.AuditSearch;
import org.rapport.work.Work;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Sends the audit log to a collector in the order of the chain, each row at least once: a row is sent again when a failure
 * leaves open whether it has arrived. One instance does it at a time, by a lease that outlasts the sending of a page; no
 * transaction is open meanwhile.
 */
public final class SyslogExport implements Work {

    private static final int PAGE = 200;

    private final JdbcClient database;
    private final EventText events;
    private final SyslogMessage messages;
    private final SyslogLine line;

    /**
     * Where the log is, and how it is written.
     *
     * @param host what this server is called
     */
    public record Source(JdbcClient database, EventText events, String host) {}

    /** @param settings where it goes, if it goes anywhere */
    public SyslogExport(Source source, SyslogSettings settings) {
        this.database = source.database();
        this.events = source.events();
        this.messages = new SyslogMessage(source.host());
        this.line = new SyslogLine(settings);
    }

    @Override
    public String name() {
        return "audit-syslog";
    }

    @Override
    public String topic() {
        return "audit-syslog";
    }

    @Override
    public Step step() {
        return claim().map(this::send).orElse(Step.IDLE);
    }

    /** Where to go on, when there is something and no other instance is at it. */
    private Optional<Lease> claim() {
        return database.sql("update audit_export_cursor set lease = gen_random_uuid(),"
                        + " leased_until = clock_timestamp() + interval '2 minutes' where name = 'syslog'"
                        + " and (leased_until is null or leased_until < clock_timestamp())"
                        + " and exists (select from audit_chain c where c.chain_index > audit_export_cursor.chain_index)"
                        + " returning chain_index, lease")
                .query((row, index) -> new Lease(row.getLong(1), row.getObject(2, UUID.class)))
                .optional();
    }

    private Step send(Lease lease) {
        long reached = lease.sent();
        try {
            var page = page(lease.sent());
            line.send(page.stream().map(Chained::row).map(this::framed).toList());
            reached = page.get(page.size() - 1).index();
            return page.size() == PAGE ? Step.MORE : Step.IDLE;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            release(lease, reached);
        }
    }

    private List<Chained> page(long after) {
        return database.sql("select l.*, c.chain_index from audit_chain c join audit_log l on l.number = c.number"
                        + " and l.recorded = c.recorded where c.chain_index > ? order by c.chain_index limit ?")
                .params(after, PAGE)
                .query((row, index) -> new Chained(row.getLong("chain_index"), AuditSearch.row(row)))
                .list();
    }

    private byte[] framed(AuditRow row) {
        return messages.framed(
                row.recorded(), row.entry().deed().code(), row.entry().status(), events.of(row));
    }

    /** Whoever has lost the lease moves nothing. */
    private void release(Lease lease, long reached) {
        database.sql("update audit_export_cursor set chain_index = ?, lease = null, leased_until = null"
                        + " where name = 'syslog' and lease = ?")
                .params(reached, lease.token())
                .update();
    }

    private record Lease(long sent, UUID token) {}

    private record Chained(long index, AuditRow row) {}
}
