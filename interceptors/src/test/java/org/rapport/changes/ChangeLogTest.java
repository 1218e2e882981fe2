package org.rapport.changes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rapport.audit.Agent;
import org.rapport.audit.AuditTrail;
import org.rapport.testing.AuditTables;
import org.rapport.testing.TestDatabase;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.jdbc.core.JdbcTemplate;

class ChangeLogTest {

    private final TestDatabase database = AuditTables.make();
    private final ChangeLog log = new ChangeLog(new JdbcTemplate(database.source()));

    @ParameterizedTest
    @ValueSource(strings = {"55P03", "57014", "42501", "23514", "53100"})
    void saysThatNothingIsRecordedWhateverTheReason(String state) {
        assertThat(refused(state)).isInstanceOf(ChangesUnrecorded.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"40001", "40P01"})
    void leavesAConflictAConflict(String state) {
        assertThat(refused(state)).isInstanceOf(ConcurrencyFailureException.class);
    }

    private Throwable refused(String state) {
        new JdbcTemplate(database.source()).execute("""
                create function refuse_row() returns trigger language plpgsql as
                    'begin raise exception using errcode = ''%s''; end';
                create trigger refuse before insert on audit_log for each row execute function refuse_row()
                """.formatted(state));
        var change = new Change("Patient", "p", 1, Change.Kind.CREATED);
        var write = new Write(change, Set.of("p"), Agent.SERVER, AuditTrail.ofServer("test"));
        return catchThrowable(() -> database.transactions().executeWithoutResult(status -> log.append(List.of(write))));
    }
}
