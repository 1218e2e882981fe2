package org.rapport.siem;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import org.rapport.audit.AuditRow;
import org.rapport.audit.AuditSearch;
import org.rapport.work.Work;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Sends the audit log to a collector in the order of the chain, each row at least once: a row is sent again when a failure
 * leaves open whether it has arrived. One instance does it at a time.
 */
public final class SyslogExport implements Work {

    private static final long LOCK = 0x7261_7070_6f72_7405L;
    private static final int PAGE = 200;

    private final JdbcClient database;
    private final TransactionOperations transaction;
    private final EventText events;
    private final SyslogMessage messages;
    private final SyslogLine line;

    /**
     * Where the log is, and how it is written.
     *
     * @param host what this server is called
     */
    public record Source(JdbcClient database, TransactionOperations transaction, EventText events, String host) {}

    /** @param settings where it goes, if it goes anywhere */
    public SyslogExport(Source source, SyslogSettings settings) {
        this.database = source.database();
        this.transaction = source.transaction();
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
        int sent = Objects.requireNonNull(transaction.execute(status -> claim() ? sendPage() : 0));
        return sent == PAGE ? Step.MORE : Step.IDLE;
    }

    private boolean claim() {
        return database.sql("select pg_try_advisory_xact_lock(?)")
                .param(LOCK)
                .query(Boolean.class)
                .single();
    }

    private int sendPage() {
        var page = database.sql("select l.*, c.chain_index from audit_chain c join audit_log l on l.number = c.number"
                        + " and l.recorded = c.recorded where c.chain_index >"
                        + " (select chain_index from audit_export_cursor where name = 'syslog')"
                        + " order by c.chain_index limit ?")
                .param(PAGE)
                .query((row, index) -> new Chained(row.getLong("chain_index"), AuditSearch.row(row)))
                .list();
        if (!page.isEmpty()) {
            send(page);
            database.sql("update audit_export_cursor set chain_index = ? where name = 'syslog'")
                    .param(page.get(page.size() - 1).index())
                    .update();
        }
        return page.size();
    }

    private void send(List<Chained> page) {
        try {
            line.send(page.stream()
                    .map(Chained::row)
                    .map(row -> messages.framed(
                            row.recorded(),
                            row.entry().deed().code(),
                            row.entry().status(),
                            events.of(row)))
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Chained(long index, AuditRow row) {}
}
