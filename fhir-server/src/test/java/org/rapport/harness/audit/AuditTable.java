package org.rapport.harness.audit;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.rapport.harness.audit.Recorded.Deed;
import org.rapport.harness.audit.Recorded.Entity;

/** Reads the audit log where it lies. */
public interface AuditTable {

    /** A connection that may read it. */
    Connection connect() throws SQLException;

    /** The rows of these requests after a place, and those that count requests. */
    default Page page(long after, List<String> requests) {
        try (var connection = connect();
                var query = connection.prepareStatement("select * from audit_log where number > ?"
                        + " and (request = any (?) or times > 1 and status in (401, 429))")) {
            query.setLong(1, after);
            query.setArray(2, connection.createArrayOf("text", requests.toArray()));
            var rows = new ArrayList<Recorded>();
            long last = after;
            for (var found = query.executeQuery(); found.next(); ) {
                rows.add(row(found));
                last = Math.max(last, found.getLong("number"));
            }
            return new Page(rows, last);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Recorded row(ResultSet found) throws SQLException {
        return new Recorded(
                found.getString("request"),
                new Deed(found.getString("interaction"), found.getInt("status"), found.getInt("times")),
                new Entity(
                        Optional.ofNullable(found.getString("resource_type")),
                        Optional.ofNullable(found.getString("resource_id")),
                        Optional.ofNullable(found.getObject("version", Long.class)),
                        Optional.ofNullable(found.getString("patient"))),
                Optional.ofNullable(found.getString("query")));
    }

    /**
     * What was found.
     *
     * @param last the place of the last row
     */
    record Page(List<Recorded> rows, long last) {}
}
