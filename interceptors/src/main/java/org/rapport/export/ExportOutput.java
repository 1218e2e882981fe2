package org.rapport.export;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.rapport.failure.Failure;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.unit.DataSize;

/**
 * What has become of exports, each for the client that asked for it alone.
 *
 * @param database joins the transaction that runs
 * @param file about how much a file holds, unpacked
 */
public record ExportOutput(JdbcClient database, DataSize file) {

    /** Parts follow each other in a file until it is full. */
    private static final String FILES = "select number, type, div(sum(bytes) over (partition by type order by number)"
            + " - bytes, ?)::int as file from export_part where export = ? and lease is null";

    private static final String READY =
            " exists (select from export_job where id = ? and client = ? and state = 'D' and expires_at > clock_timestamp())";

    /**
     * A file of NDJSON.
     *
     * @param type the one resource type in it
     * @param number tells files of a type apart, from 0
     */
    public record OutputFile(String type, int number) {}

    /** The state of an export; empty when this client has none of that id, or none any more. */
    public Optional<ExportStatus> status(UUID id, String client) {
        return database.sql("select j.*, (select count(*) filter (where done) * 99 / greatest(count(*), 1)"
                        + " from export_patient where export = j.id) as percent from export_job j"
                        + " where id = ? and client = ? and expires_at > clock_timestamp()")
                .params(id, client)
                .query((row, index) -> status(row))
                .optional();
    }

    /** The files of an export that is done. */
    public List<OutputFile> files(UUID id) {
        return database.sql("select type, file from (" + FILES + ") parts group by type, file order by type, file")
                .params(file.toBytes(), id)
                .query((row, index) -> new OutputFile(row.getString(1), row.getInt(2)))
                .list();
    }

    /** The numbers of the parts of a file, in their order; none when there is no such file for this client. */
    public List<Long> parts(UUID id, String client, OutputFile wanted) {
        return database.sql("select number from (" + FILES + ") parts where type = ? and file = ? and" + READY
                        + " order by number")
                .params(file.toBytes(), id, wanted.type(), wanted.number(), id, client)
                .query(Long.class)
                .list();
    }

    /** A part, packed with gzip; empty when the export is gone. */
    public Optional<byte[]> part(UUID id, long number) {
        return database.sql("select content from export_part where export = ? and number = ?")
                .params(id, number)
                .query(byte[].class)
                .optional();
    }

    /** Takes an export back with all of its output, and says whether this client had it. */
    public boolean delete(UUID id, String client) {
        return database.sql("delete from export_job where id = ? and client = ? and expires_at > clock_timestamp()")
                        .params(id, client)
                        .update()
                == 1;
    }

    private static ExportStatus status(ResultSet row) throws SQLException {
        return switch (row.getString("state")) {
            case "D" ->
                new ExportStatus.Done(
                        row.getString("url"),
                        row.getTimestamp("transaction_time").toInstant(),
                        row.getTimestamp("expires_at").toInstant());
            case "F" ->
                new ExportStatus.Failed(
                        Failure.of(row.getInt("status"), row.getString("code"), row.getString("diagnostics")));
            default -> new ExportStatus.Running(row.getInt("percent"));
        };
    }
}
