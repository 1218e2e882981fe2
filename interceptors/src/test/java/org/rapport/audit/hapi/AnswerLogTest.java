package org.rapport.audit.hapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.rapport.access.Caller;
import org.rapport.access.Caller.Role;
import org.rapport.audit.Agent;
import org.rapport.audit.AuditEntry;
import org.rapport.audit.AuditLog;
import org.rapport.audit.AuditTrail;
import org.rapport.audit.Entity;
import org.rapport.audit.Interaction;
import org.rapport.failure.hapi.FailureException;
import org.rapport.journal.EmergencyJournal;
import org.rapport.testing.AuditTables;
import org.rapport.testing.TestDatabase;
import org.springframework.jdbc.core.JdbcTemplate;

class AnswerLogTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-01T08:00:00Z"), ZoneOffset.UTC);
    private static final Optional<Caller> EMERGENCY = Optional.of(caller(Optional.of("BTG")));

    @TempDir
    private Path folder;

    private final TestDatabase database = AuditTables.make();

    @Test
    void writesAnEmergencyToTheLogAsLongAsThatTakesIt() {
        log().append(EMERGENCY, rows(Interaction.READ, ""));
        assertThat(journal().bytes()).isZero();
        assertThat(database.client()
                        .sql("select count(*) from audit_log")
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"READ", "VREAD", "SEARCH", "OPERATION", "HISTORY_INSTANCE"})
    void writesAnEmergencyToTheJournalWhenTheLogRefusesIt(Interaction interaction) {
        refuse();
        log().append(EMERGENCY, rows(interaction, ""));
        assertThat(journal().bytes()).isPositive();
    }

    @Test
    void refusesEverybodyElse() {
        refuse();
        for (var caller : List.of(Optional.of(caller(Optional.empty())), Optional.<Caller>empty())) {
            assertRefused(caller, rows(Interaction.READ, ""));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"CREATE", "UPDATE", "PATCH", "DELETE", "BUNDLE"})
    void refusesWhatIsNoRead(Interaction interaction) {
        refuse();
        assertRefused(EMERGENCY, rows(interaction, ""));
    }

    @Test
    void refusesARowThatTheLogWouldNeverTake() {
        assertRefused(EMERGENCY, rows(Interaction.SEARCH, "name=\0"));
    }

    @Test
    void waitsNoLongerThanAnEmergencyCan() throws SQLException {
        try (var connection = database.source().getConnection();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("lock table audit_log in access exclusive mode");
            log().append(EMERGENCY, rows(Interaction.READ, ""));
            connection.rollback();
        }
        assertThat(journal().bytes()).isPositive();
    }

    private void assertRefused(Optional<Caller> caller, List<AuditEntry> rows) {
        assertThatThrownBy(() -> log().append(caller, rows))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        failure -> assertThat(failure.getStatusCode()).isEqualTo(503));
        assertThat(journal().bytes()).isZero();
    }

    private void refuse() {
        database.client()
                .sql("alter table audit_log add check (false) not valid")
                .update();
    }

    private AnswerLog log() {
        var impatient = new JdbcTemplate(database.source());
        impatient.setQueryTimeout(1);
        return new AnswerLog(new AuditLog(new JdbcTemplate(database.source())), new AuditLog(impatient), journal());
    }

    private EmergencyJournal journal() {
        return new EmergencyJournal(folder, CLOCK);
    }

    private static List<AuditEntry> rows(Interaction interaction, String query) {
        return AuditTrail.of("request-1", "192.0.2.7", Optional.of(query))
                .entries(Agent.unknown("192.0.2.7"), interaction, 200, Entity.NONE, Set.of("alice"));
    }

    private static Caller caller(Optional<String> purpose) {
        return new Caller(
                "dr-brandt",
                "demo-app",
                Set.of(Role.CLINICIAN),
                List.of(),
                Optional.of("Practitioner/dr-brandt"),
                Optional.of("alice"),
                purpose);
    }
}
