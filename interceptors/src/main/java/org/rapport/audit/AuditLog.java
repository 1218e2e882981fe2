package org.rapport.audit;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Adds rows to the audit log, in the transaction that runs if one runs. */
public final class AuditLog {

    private static final String COLUMNS =
            "request, interaction, status, subject, client, fhir_user, address, resource_type, resource_id, version,"
                    + " patient, query, times, token, purpose";
    private static final String VALUES = "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?";
    private static final String INSERT = "insert into audit_log (" + COLUMNS + ") values (" + VALUES + ")";
    private static final String INSERT_LATE =
            "insert into audit_log (" + COLUMNS + ", recorded, journal) values (" + VALUES + ", ?, ?)";

    private final JdbcTemplate database;

    /**
     * @param database joins the transaction that runs
     */
    public AuditLog(JdbcTemplate database) {
        this.database = database;
    }

    /** Adds these in one batch; all of them are there when it returns. */
    public void append(List<AuditEntry> entries) {
        database.batchUpdate(INSERT, entries, Math.max(1, entries.size()), AuditLog::set);
    }

    /** Adds what was kept in a journal, with the time that it has there. */
    public void appendLate(List<LateEntry> entries) {
        database.batchUpdate(INSERT_LATE, entries, Math.max(1, entries.size()), (row, late) -> {
            set(row, late.entry());
            row.setObject(16, late.recorded().atOffset(ZoneOffset.UTC));
            row.setString(17, late.journal());
        });
    }

    private static void set(PreparedStatement row, AuditEntry entry) throws SQLException {
        row.setString(1, entry.request());
        row.setString(2, entry.deed().code());
        row.setInt(3, entry.status());
        row.setString(4, orNull(entry.agent().subject()));
        row.setString(5, orNull(entry.agent().client()));
        row.setString(6, orNull(entry.agent().fhirUser()));
        row.setString(7, orNull(entry.agent().address()));
        row.setString(8, orNull(entry.entity().type()));
        row.setString(9, orNull(entry.entity().id()));
        row.setObject(10, orNull(entry.entity().version()));
        row.setString(11, orNull(entry.entity().patient()));
        row.setString(12, orNull(entry.query()));
        row.setInt(13, entry.times());
        row.setString(14, orNull(entry.agent().authority().token()));
        row.setString(15, orNull(entry.agent().authority().purpose()));
    }

    private static <T> @Nullable T orNull(Optional<T> value) {
        return value.orElse(null);
    }
}
