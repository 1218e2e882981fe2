package org.rapport.policy;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rapport.audit.Agent;
import org.rapport.audit.SecurityEvent;
import org.rapport.audit.SecurityLog;
import org.rapport.changes.ChangesUnrecorded;
import org.rapport.policy.PublishedVersion.Wording;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** The texts that were published. The database refuses to change one or to take it away. */
public final class PolicyTexts {

    private static final int BEGINNING = 16;

    private final JdbcClient database;
    private final TransactionOperations transaction;
    private final SecurityLog log;
    private final Clock clock;

    /**
     * @param database joins the transaction that runs
     * @param log takes a row for each publication, in its transaction
     * @param clock says when that comes into force which says nothing of it
     */
    public PolicyTexts(JdbcClient database, TransactionOperations transaction, SecurityLog log, Clock clock) {
        this.database = database;
        this.transaction = transaction;
        this.log = log;
        this.clock = clock;
    }

    /**
     * Publishes a version as a whole, or texts in further languages of one that is there.
     *
     * @param draft without fault
     * @param publisher who does
     * @throws ChangesUnrecorded when the audit log takes no row of it
     */
    public Publication publish(PolicyDraft draft, Agent publisher) {
        return Objects.requireNonNull(transaction.<Publication>execute(status -> {
            var added = insert(draft, publisher.name());
            var stored = history(draft.uri()).named(draft.version()).orElseThrow();
            var different = difference(draft, stored);
            if (different.isPresent()) {
                status.setRollbackOnly();
                return new Publication.Different(different.get());
            }
            if (!added.isEmpty()) {
                record(publisher, stored.name(), added);
            }
            return new Publication.Published(stored);
        }));
    }

    /** The version, and each language with the beginning of the SHA-256 of its text. */
    private void record(Agent publisher, PolicyName name, List<PolicyText> added) {
        var hashes = added.stream()
                .map(text -> text.language() + " " + text.sha256().substring(0, BEGINNING))
                .collect(Collectors.joining(", "));
        try {
            log.record(SecurityEvent.succeeded(
                    SecurityEvent.Kind.POLICY_PUBLISHED, publisher, name.toString(), name + " " + hashes));
        } catch (DataAccessException e) {
            throw new ChangesUnrecorded(e);
        }
    }

    /**
     * Another publisher of the same version is waited for, and then what they published is there.
     *
     * @return the texts that were not there
     */
    private List<PolicyText> insert(PolicyDraft draft, String publisher) {
        var effective = draft.effective().orElseGet(clock::instant).truncatedTo(ChronoUnit.MILLIS);
        database.sql("insert into policy_version (uri, version, effective, published_by) values (?, ?, ?, ?)"
                        + " on conflict do nothing")
                .params(draft.uri(), draft.version(), Timestamp.from(effective), publisher)
                .update();
        var added = new ArrayList<PolicyText>();
        for (var text : draft.texts()) {
            int rows = database.sql(
                            "insert into policy_text (uri, version, language, title, content_type, content, sha256,"
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
            if (rows > 0) {
                added.add(text);
            }
        }
        return added;
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

    /** What was published of a policy; versions are read first, so that each has the texts that it was published with. */
    public PolicyHistory history(String uri) {
        var versions = database.sql(
                        "select version, effective from policy_version where uri = ? order by effective, published_at")
                .param(uri)
                .query((row, number) -> new Since(
                        row.getString("version"), row.getTimestamp("effective").toInstant()))
                .list();
        var texts = database.sql(
                        "select version, language, title, sha256 from policy_text where uri = ? order by language")
                .param(uri)
                .query((row, number) -> new Of(row.getString("version"), wording(row)))
                .list();
        return new PolicyHistory(
                versions.stream().map(since -> version(uri, since, texts)).toList());
    }

    private record Since(String version, Instant effective) {}

    private record Of(String version, Wording wording) {}

    private static Wording wording(ResultSet row) throws SQLException {
        return new Wording(row.getString("language"), row.getString("title"), row.getString("sha256"));
    }

    private static PublishedVersion version(String uri, Since since, List<Of> texts) {
        return new PublishedVersion(
                new PolicyName(uri, Optional.of(since.version())),
                since.effective(),
                texts.stream()
                        .filter(text -> text.version().equals(since.version()))
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
