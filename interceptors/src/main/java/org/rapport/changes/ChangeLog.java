package org.rapport.changes;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Writes what a transaction changes into the change log and the audit log, in that transaction: one statement, whatever
 * its size, so that a write pays for both with one round trip.
 */
public final class ChangeLog {

    private static final String INSERT = """
        with entry as (
            select * from unnest(?::text[], ?::text[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[],
                ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
            with ordinality
            as e(type, id, version, kind, patients, request, subject, client, fhir_user, address, token, purpose,
                place)),
        logged as (
            insert into change_log (resource_type, resource_id, version, kind)
            select type, id, version, kind from entry order by place)
        insert into audit_log (request, interaction, status, subject, client, fhir_user, address, resource_type,
            resource_id, version, patient, token, purpose)
        select request, case kind when 'C' then 'create' when 'U' then 'update' else 'delete' end,
            case when address is null then 0 else 200 end, subject, client, fhir_user, address, type, id, version,
            patient, token, purpose
        from entry left join lateral unnest(string_to_array(patients, ' ')) as patient on true
        order by place, patient
        """;

    /** The class of SQL states of a transaction that lost against another. */
    private static final String ROLLED_BACK = "40";

    private final JdbcTemplate database;

    /**
     * @param database joins the transaction that runs
     */
    public ChangeLog(JdbcTemplate database) {
        this.database = database;
    }

    /**
     * Appends these, in this order.
     *
     * @throws IllegalStateException outside of a transaction: the rows must come and go with what they tell of
     * @throws ChangesUnrecorded when the database does not take them, for whatever reason but a conflict
     */
    public void append(List<Write> writes) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("A change is logged in the transaction that makes it; none is running.");
        }
        try {
            database.update(connection -> statement(connection, new Columns(connection, writes)));
        } catch (DataAccessException e) {
            throw isConflict(e) ? e : new ChangesUnrecorded(e);
        }
    }

    /** Who conflicts with another transaction may try again at once. */
    private static boolean isConflict(DataAccessException refusal) {
        return refusal.getMostSpecificCause() instanceof SQLException sql
                && sql.getSQLState() != null
                && sql.getSQLState().startsWith(ROLLED_BACK);
    }

    private static PreparedStatement statement(Connection connection, Columns columns) throws SQLException {
        var statement = connection.prepareStatement(INSERT);
        columns.set(statement, 1, "text", write -> write.change().type());
        columns.set(statement, 2, "text", write -> write.change().id());
        columns.set(statement, 3, "bigint", write -> write.change().version());
        columns.set(statement, 4, "text", write -> write.change().kind().letter());
        columns.set(statement, 5, "text", ChangeLog::patients);
        columns.set(statement, 6, "text", write -> write.trail().request());
        columns.set(statement, 7, "text", write -> write.agent().subject().orElse(null));
        columns.set(statement, 8, "text", write -> write.agent().client().orElse(null));
        columns.set(statement, 9, "text", write -> write.agent().fhirUser().orElse(null));
        columns.set(statement, 10, "text", write -> write.agent().address().orElse(null));
        columns.set(
                statement,
                11,
                "text",
                write -> write.agent().authority().token().orElse(null));
        columns.set(
                statement,
                12,
                "text",
                write -> write.agent().authority().purpose().orElse(null));
        return statement;
    }

    private static @Nullable String patients(Write write) {
        return write.patients().isEmpty()
                ? null
                : String.join(" ", write.patients().stream().sorted().toList());
    }

    /** The writes, turned into one array for each column. */
    private record Columns(Connection connection, List<Write> writes) {

        void set(PreparedStatement statement, int index, String type, Function<Write, @Nullable Object> value)
                throws SQLException {
            statement.setArray(
                    index,
                    connection.createArrayOf(type, writes.stream().map(value).toArray()));
        }
    }
}
