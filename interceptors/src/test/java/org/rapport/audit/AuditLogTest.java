package org.rapport.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventOutcome;
import org.junit.jupiter.api.Test;
import org.rapport.balp.AuditEvents;
import org.rapport.testing.AuditTables;
import org.rapport.testing.TestDatabase;
import org.springframework.jdbc.core.JdbcTemplate;

class AuditLogTest {

    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");

    private final TestDatabase database = AuditTables.make();
    private final AuditLog log = new AuditLog(new JdbcTemplate(database.source()));
    private final AuditSearch search = new AuditSearch(database.client());
    private final AuditTrail trail = AuditTrail.of("request-1", "192.0.2.7", Optional.of("name=x"));

    @Test
    void findsRowsByWhoseWhatAndHow() {
        append(Interaction.READ, 200, "Observation", "o1", Set.of("alice"));
        append(Interaction.SEARCH, 200, "Observation", "", Set.of("alice", "bob"));
        append(Interaction.DELETE, 403, "Patient", "bob", Set.of());

        assertThat(search.total(new AuditQueries().query())).isEqualTo(4);
        assertThat(search.total(new AuditQueries().patients("alice").query())).isEqualTo(2);
        assertThat(search.total(new AuditQueries().actions("R").query())).isEqualTo(1);
        assertThat(search.total(new AuditQueries().actions("X").query())).isZero();
        assertThat(search.total(new AuditQueries().outcomes("4").query())).isEqualTo(1);
        assertThat(search.total(new AuditQueries().outcomes("8").query())).isZero();
        assertThat(search.total(new AuditQueries().entities("Patient/bob").query()))
                .isEqualTo(1);
    }

    @Test
    void givesTheNewestFirstInPages() {
        for (int number = 0; number < 5; number++) {
            append(Interaction.READ, 200, "Patient", "p" + number, Set.of());
        }
        assertThat(search.page(new AuditQueries().query(), 1, 2))
                .extracting(row -> row.entry().entity().id().orElseThrow())
                .containsExactly("p3", "p2");
    }

    @Test
    void showsARowAsAnEventOfIdsAlone() {
        append(Interaction.READ, 200, "Observation", "o1", Set.of("alice"));
        var event = new AuditEvents("https://fhir.example.org/fhir")
                .of(search.page(new AuditQueries().query(), 0, 1).get(0));

        assertThat(event.getOutcome()).isEqualTo(AuditEventOutcome._0);
        assertThat(event.getAction().toCode()).isEqualTo("R");
        assertThat(event.getSubtypeFirstRep().getCode()).isEqualTo("read");
        assertThat(event.getAgentFirstRep().getNetwork().getAddress()).isEqualTo("192.0.2.7");
        assertThat(event.getEntity().stream()
                        .map(entity -> entity.getWhat().getReference())
                        .filter(reference -> reference != null))
                .containsExactly("Observation/o1", "Patient/alice");
        assertThat(event.getEntity())
                .anyMatch(entity ->
                        "request-1".equals(entity.getWhat().getIdentifier().getValue()));
    }

    @Test
    void marksRefusalsAndFailures() {
        append(Interaction.READ, 404, "Patient", "p", Set.of());
        append(Interaction.READ, 503, "Patient", "p", Set.of());
        assertThat(search.page(new AuditQueries().query(), 0, 2))
                .extracting(row ->
                        new AuditEvents("https://fhir.example.org/fhir").of(row).getOutcome())
                .containsExactly(AuditEventOutcome._8, AuditEventOutcome._4);
    }

    @Test
    void countsAFloodOfStrangersWithoutLosingOne() {
        var strangers = new Strangers(log, Clock.fixed(NOW, ZoneOffset.UTC));
        for (int request = 0; request < 25; request++) {
            log.append(strangers.admit(trail.entries(trail.agent(null), Interaction.READ, 401, Entity.NONE, Set.of())));
        }
        strangers.step();
        strangers.step();

        assertThat(search.total(new AuditQueries().query())).isEqualTo(11);
        assertThat(search.page(new AuditQueries().query(), 0, 50).stream()
                        .mapToInt(row -> row.entry().times())
                        .sum())
                .isEqualTo(25);
    }

    @Test
    void countsEachDeedOfAFloodByItself() {
        var strangers = new Strangers(log, Clock.fixed(NOW, ZoneOffset.UTC));
        for (int request = 0; request < 20; request++) {
            log.append(strangers.admit(trail.entries(trail.agent(null), Interaction.READ, 401, Entity.NONE, Set.of())));
        }
        for (int attempt = 0; attempt < 7; attempt++) {
            strangers.record(SecurityEvent.failed(
                    SecurityEvent.Kind.CLIENT_AUTHENTICATION, Agent.unknown("192.0.2.1"), "app", "invalid_client"));
        }
        strangers.step();

        assertThat(search.page(new AuditQueries().query(), 0, 50).stream()
                        .filter(row -> row.entry().times() > 1)
                        .map(row ->
                                row.entry().deed().code() + ' ' + row.entry().times()))
                .containsExactlyInAnyOrder("read 10", "client-authentication 7");
    }

    @Test
    void countsWhoComesTooOftenByCaller() {
        var strangers = new Strangers(log, Clock.fixed(NOW, ZoneOffset.UTC));
        for (var app : List.of("one", "one", "other")) {
            for (int request = 0; request < 10; request++) {
                var agent = Agent.client(app, "192.0.2.1");
                log.append(strangers.admit(trail.entries(agent, Interaction.READ, 429, Entity.NONE, Set.of())));
            }
        }
        strangers.step();

        assertThat(search.page(new AuditQueries().query(), 0, 50).stream()
                        .filter(row -> row.entry().times() > 1)
                        .map(row -> row.entry().agent().client().orElse("")
                                + ' '
                                + row.entry().times()))
                .containsExactlyInAnyOrder("one 10", "other 10");
    }

    @Test
    void givesStrangersRowsAgainInTheNextSecond() {
        var clock = Clock.fixed(NOW, ZoneOffset.UTC);
        var entry = trail.entries(trail.agent(null), Interaction.READ, 401, Entity.NONE, Set.of());
        var strangers = new Strangers(log, new Clock() {
            private int asked;

            @Override
            public java.time.ZoneId getZone() {
                return clock.getZone();
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return NOW.plus(Duration.ofMillis(100L * asked++));
            }
        });
        int rows = 0;
        for (int request = 0; request < 40; request++) {
            rows += strangers.admit(entry).size();
        }
        assertThat(rows).isEqualTo(40);
    }

    private void append(Interaction interaction, int status, String type, String id, Set<String> patients) {
        var entity = new Entity(
                Optional.of(type),
                Optional.of(id).filter(given -> !given.isEmpty()),
                Optional.empty(),
                Optional.empty());
        log.append(trail.entries(trail.agent(null), interaction, status, entity, patients));
    }

    /** Queries, each narrowed in one way. */
    private static final class AuditQueries {

        private List<String> patients = List.of();
        private List<String> entities = List.of();
        private List<String> actions = List.of();
        private List<String> outcomes = List.of();

        AuditQueries patients(String... ids) {
            patients = List.of(ids);
            return this;
        }

        AuditQueries entities(String... references) {
            entities = List.of(references);
            return this;
        }

        AuditQueries actions(String... letters) {
            actions = List.of(letters);
            return this;
        }

        AuditQueries outcomes(String... codes) {
            outcomes = List.of(codes);
            return this;
        }

        AuditQuery query() {
            return new AuditQuery(
                    Optional.empty(), Optional.empty(), patients, List.of(), List.of(), entities, actions, outcomes);
        }
    }
}
