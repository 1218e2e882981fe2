package org.rapport.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.rapport.policy.TestPolicies.URI;
import static org.rapport.policy.TestPolicies.draft;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rapport.audit.Agent;
import org.rapport.audit.AuditLog;
import org.rapport.audit.SecurityLog;
import org.rapport.changes.ChangesUnrecorded;
import org.rapport.testing.AuditTables;
import org.rapport.testing.TestDatabase;
import org.springframework.jdbc.core.JdbcTemplate;

class PolicyTextsTest {

    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");

    private static final Agent ADMIN = Agent.signedIn("admin", "192.0.2.1");

    private final TestDatabase database = AuditTables.with("V2026.11.30.45__policy_text.sql");
    private final PolicyTexts texts = of(database);

    private static PolicyTexts of(TestDatabase database) {
        var log = new SecurityLog(new AuditLog(new JdbcTemplate(database.source())));
        return new PolicyTexts(database.client(), database.transactions(), log, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private Publication publish(PolicyDraft draft) {
        return texts.publish(draft, ADMIN);
    }

    @BeforeEach
    void publishTheFirst() {
        assertThat(publish(draft("1", "de erster", "en first"))).isInstanceOf(Publication.Published.class);
    }

    @Test
    void keepEachVersionAsItWasPublished() {
        publish(draft("2", "de zweiter"));
        assertThat(texts.history(URI).versions())
                .extracting(version ->
                        version.name().toString() + " " + version.texts().size() + " " + version.effective())
                .containsExactly(URI + "|1 2 " + NOW, URI + "|2 1 " + NOW);
        assertThat(texts.text(PolicyName.of(URI + "|1"), "en"))
                .contains(new PolicyText("en", "Privacy", "text/markdown", "en first"));
        assertThat(texts.text(PolicyName.of(URI + "|2"), "en")).isEmpty();
    }

    @Test
    void arePublishedAgainInVain() {
        assertThat(publish(draft("1", "de erster", "en first")))
                .isInstanceOfSatisfying(
                        Publication.Published.class,
                        again -> assertThat(again.version())
                                .isEqualTo(texts.history(URI).versions().get(0)));
    }

    @Test
    void leaveARowWhenTheyAreNew() {
        publish(draft("1", "de erster"));
        publish(draft("1", "de anderer"));
        publish(draft("1", "de erster", "fr premier"));
        assertThat(database.client()
                        .sql("select subject || ' ' || resource_id || ' ' || query from audit_log"
                                + " where interaction = 'policy-published' order by number")
                        .query(String.class)
                        .list())
                .containsExactly(
                        "admin %1$s|1 %1$s|1 de ".formatted(URI) + beginning("de erster") + ", en "
                                + beginning("en first"),
                        "admin %1$s|1 %1$s|1 fr ".formatted(URI) + beginning("fr premier"));
    }

    private static String beginning(String text) {
        return draft("1", text).texts().get(0).sha256().substring(0, 16);
    }

    @Test
    void areNotThereWithoutTheirRow() {
        database.client().sql("alter table audit_log rename to away").update();
        assertThatThrownBy(() -> publish(draft("2", "de zweiter"))).isInstanceOf(ChangesUnrecorded.class);
        assertThat(texts.history(URI).versions()).hasSize(1);
    }

    @Test
    void areFoundByTheirHash() {
        publish(draft("2", "de zweiter"));
        var history = texts.history(URI);
        assertThat(history.holding(draft("1", "en first").texts().get(0).sha256()))
                .contains(history.versions().get(0));
        assertThat(history.holding("0".repeat(64))).isEmpty();
    }

    @Test
    void areNotPublishedDifferently() {
        assertThat(publish(draft("1", "fr premier", "en other"))).isEqualTo(new Publication.Different("text en"));
        assertThat(texts.history(URI).versions().get(0).texts()).hasSize(2);
        var later = new PolicyDraft(
                URI,
                "1",
                Optional.of(NOW.plusSeconds(1)),
                draft("1", "en first").texts());
        assertThat(publish(later)).isEqualTo(new Publication.Different("effective"));
    }

    @Test
    void getFurtherLanguages() {
        publish(draft("1", "fr premier"));
        assertThat(texts.history(URI).versions().get(0).texts())
                .extracting(PublishedVersion.Wording::language)
                .containsExactly("de", "en", "fr");
    }

    @Test
    void areOneVersionHoweverManyPublishAtOnce() {
        var attempts = IntStream.range(0, 8)
                .mapToObj(number -> CompletableFuture.supplyAsync(() -> of(database)
                        .publish(draft("2", "de " + number % 2), Agent.signedIn("admin " + number, "192.0.2.1"))))
                .toList();
        var published = attempts.stream()
                .map(CompletableFuture::join)
                .filter(Publication.Published.class::isInstance)
                .map(each -> ((Publication.Published) each).version().texts())
                .collect(Collectors.toSet());
        assertThat(published).hasSize(1);
        assertThat(Set.of(texts.history(URI).versions().get(1).texts())).isEqualTo(published);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update policy_text set title = 'x'",
                "delete from policy_text",
                "truncate policy_text",
                "update policy_version set effective = now()",
                "delete from policy_version",
                "truncate policy_version cascade",
            })
    void areLeftAsTheyAreByTheDatabase(String statement) {
        assertThatThrownBy(() -> database.client().sql(statement).update())
                .hasStackTraceContaining("are only ever added");
        assertThat(texts.history(URI).versions().get(0).texts()).hasSize(2);
    }

    @Test
    void haveTheHashOfTheirContent() {
        assertThatThrownBy(() -> database.client()
                        .sql("insert into policy_text (uri, version, language, title, content_type, content, sha256,"
                                + " published_by) select uri, version, 'fr', title, content_type, 'forged', sha256, 'x'"
                                + " from policy_text limit 1")
                        .update())
                .hasMessageContaining("check");
    }
}
