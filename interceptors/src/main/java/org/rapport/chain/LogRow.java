package org.rapport.chain;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A row of the audit log as the chain sees it.
 *
 * @param number its number in the log
 * @param recorded when it was written
 * @param late whether it came by way of a journal, where it was written before it was added to the log
 * @param payload the SHA-256 of all of its columns as {@link CanonicalJson}; empty columns are left out, so that a column
 *     that a later release adds changes no hash
 */
public record LogRow(long number, Instant recorded, boolean late, Hash payload) {

    private static final List<String> TEXTS = List.of(
            "address",
            "client",
            "fhir_user",
            "interaction",
            "journal",
            "patient",
            "purpose",
            "query",
            "request",
            "resource_id",
            "resource_type",
            "subject",
            "token",
            "transaction");
    private static final List<String> NUMBERS = List.of("number", "status", "times", "version");
    private static final String RECORDED = "recorded";

    /** What a statement selects of the log, under the alias {@code l}. */
    static final String COLUMNS = Stream.concat(
                    Stream.of("l.recorded"),
                    Stream.concat(TEXTS.stream().filter(name -> !name.equals("transaction")), NUMBERS.stream())
                            .map(name -> "l." + name))
            .collect(Collectors.joining(", ", "", ", l.transaction::text as transaction"));

    /** Reads the columns of the log. */
    static LogRow of(ResultSet row) throws SQLException {
        var members = new TreeMap<String, Object>();
        for (var name : TEXTS) {
            var text = row.getString(name);
            if (text != null) {
                members.put(name, text);
            }
        }
        for (var name : NUMBERS) {
            long number = row.getLong(name);
            if (!row.wasNull()) {
                members.put(name, number);
            }
        }
        var recorded = row.getObject(RECORDED, OffsetDateTime.class).toInstant();
        members.put(RECORDED, recorded.toString());
        return new LogRow(
                row.getLong("number"),
                recorded,
                members.containsKey("journal"),
                Hash.sha256(CanonicalJson.bytes(members)));
    }
}
