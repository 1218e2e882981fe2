package org.rapport.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Finds rows of the audit log.
 *
 * @param database holds the log
 */
public record AuditSearch(JdbcClient database) {

    /** A page of what a query finds, newest first. */
    public List<AuditRow> page(AuditQuery query, int offset, int count) {
        List<Object> parameters = new ArrayList<>(query.parameters());
        parameters.add(offset);
        parameters.add(count);
        return database.sql(
                        "select * from audit_log where " + query.condition() + " order by number desc offset ? limit ?")
                .params(parameters)
                .query((row, index) -> row(row))
                .list();
    }

    /** What follows a number, oldest first, and was recorded from one moment and before another. */
    public List<AuditRow> following(long number, Optional<Instant> from, Optional<Instant> until, int count) {
        return database.sql("select * from audit_log where number > ? and recorded >= ?::timestamptz and recorded <"
                        + " ?::timestamptz order by number limit ?")
                .params(
                        number,
                        from.map(Instant::toString).orElse("-infinity"),
                        until.map(Instant::toString).orElse("infinity"),
                        count)
                .query((row, index) -> row(row))
                .list();
    }

    /** How many rows a query finds. */
    public int total(AuditQuery query) {
        return database.sql("select count(*) from audit_log where " + query.condition())
                .params(query.parameters())
                .query(Integer.class)
                .single();
    }

    /** The row with that number. */
    public Optional<AuditRow> row(long number) {
        return database.sql("select * from audit_log where number = ?")
                .param(number)
                .query((row, index) -> row(row))
                .optional();
    }

    /** Reads a row of the log. */
    public static AuditRow row(ResultSet row) throws SQLException {
        var agent = new Agent(
                text(row, "subject"),
                text(row, "client"),
                text(row, "fhir_user"),
                text(row, "address"),
                new Agent.Authority(text(row, "token"), text(row, "purpose")));
        var version = Optional.ofNullable(row.getObject("version", Long.class));
        var entity = new Entity(text(row, "resource_type"), text(row, "resource_id"), version, text(row, "patient"));
        return new AuditRow(
                row.getLong("number"),
                row.getTimestamp("recorded").toInstant(),
                new AuditEntry(
                        row.getString("request"),
                        agent,
                        Deed.of(row.getString("interaction")),
                        row.getInt("status"),
                        entity,
                        text(row, "query"),
                        row.getInt("times")));
    }

    private static Optional<String> text(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column));
    }
}
