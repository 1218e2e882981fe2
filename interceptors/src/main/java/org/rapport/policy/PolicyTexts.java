package org.rapport.policy;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.rapport.policy.PublishedVersion.Wording;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** The texts that were published. The database refuses to change one or to take it away. */
public final class PolicyTexts {

    private final JdbcClient database;
    private final TransactionOperations transaction;
    private final Clock clock;

    /**
     * @param database joins the transaction that runs
     * @param clock says when that comes into force which says nothing of it
     */
    public PolicyTexts(JdbcClient database, TransactionOperations transaction, Clock clock) {
        this.database = database;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * Publishes a version as a whole, or texts in further languages of one that is there.
     *
     * @param draft without fault
     * @param publisher who does
     */
    public Publication publish(PolicyDraft draft, String publisher) {
        return Objects.requireNonNull(transaction.<Publication>execute(status -> {
            insert(draft, publisher);
            var stored = history(draft.uri()).named(draft.version()).orElseThrow();
            var different = difference(draft, stored);
            if (different.isPresent()) {
                status.setRollbackOnly();
                return new Publication.Different(different.get());
            }
            return new Publication.Published(stored);
        }));
    }

    /** Another publisher of the same version is waited for, and then what they published is there. */
    private void insert(PolicyDraft draft, String publisher) {
        var effective = draft.effective().orElseGet(clock::instant).truncatedTo(ChronoUnit.MILLIS);
        database.sql("insert into policy_version (uri, version, effective, published_by) values (?, ?, ?, ?)"
                        + " on conflict do nothing")
                .params(draft.uri(), draft.version(), Timestamp.from(effective), publisher)
                .update();
        for (var text : draft.texts()) {
            database.sql("insert into policy_text (uri, version, language, title, content_type, content, sha256,"
                            + " published_by) values (?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing")
                    .params(
                            draft.uri(),
                            draft.version(),
                            text.language(),
                            text.title(),
                            text.contentType(),
                            text.content(),
                            text.sha256(),
                            publisher)
                    .update();
        }
    }

    private Optional<String> difference(PolicyDraft draft, PublishedVersion stored) {
        var effective = draft.effective()
                .map(asked -> asked.truncatedTo(ChronoUnit.MILLIS))
                .filter(asked -> !asked.equals(stored.effective()))
                .map(asked -> "effective");
        return Stream.concat(
                        effective.stream(),
                        draft.texts().stream()
                                .filter(text ->
                                        !text(stored.name(), text.language()).equals(Optional.of(text)))
                                .map(text -> "text " + text.language()))
                .findFirst();
    }

    /** What was published of a policy. */
    public PolicyHistory history(String uri) {
        var texts = database.sql(
                        "select version, language, title, sha256 from policy_text where uri = ? order by language")
                .param(uri)
                .query((row, number) -> new Of(row.getString("version"), wording(row)))
                .list();
        return new PolicyHistory(database.sql(
                        "select version, effective from policy_version where uri = ? order by effective, published_at")
                .param(uri)
                .query((row, number) -> version(uri, row, texts))
                .list());
    }

    private record Of(String version, Wording wording) {}

    private static Wording wording(ResultSet row) throws SQLException {
        return new Wording(row.getString("language"), row.getString("title"), row.getString("sha256"));
    }

    private static PublishedVersion version(String uri, ResultSet row, List<Of> texts) throws SQLException {
        var version = row.getString("version");
        return new PublishedVersion(
                new PolicyName(uri, Optional.of(version)),
                row.getTimestamp("effective").toInstant(),
                texts.stream()
                        .filter(text -> text.version().equals(version))
                        .map(Of::wording)
                        .toList());
    }

    /**
     * One text.
     *
     * @param name with its version
     * @return empty when it has none in that very language
     */
    public Optional<PolicyText> text(PolicyName name, String language) {
        return database.sql("select title, content_type, content from policy_text where uri = ? and version = ?"
                        + " and language = ?")
                .params(name.uri(), name.version().orElseThrow(), language)
                .query((row, number) -> new PolicyText(
                        language, row.getString("title"), row.getString("content_type"), row.getString("content")))
                .optional();
    }
}
