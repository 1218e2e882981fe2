package org.rapport.changes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rapport.testing.TestDatabase;

class RestoredLogTest {

    private final TestDatabase database = TestDatabase.with("V2026.11.21.10__change_log.sql");

    @Test
    void goesOnWhereEachConsumerWas() {
        restored("900000000001", 3, "a");
        restored("900000000001", 7, "b");
        restored("900000000002", 2, "c");
        cursor("behind", "900000000001", 3);
        cursor("done", "900000000002", 2);
        cursor("new", "0", 0);

        RestoredLog.goOn(database.source());
        write("d");

        assertThat(read("behind")).containsExactly("b", "c", "d");
        assertThat(read("done")).containsExactly("d");
        assertThat(read("new")).containsExactly("a", "b", "c", "d");
    }

    @Test
    void goesOnWhenWhatWasReadIsGone() {
        cursor("done", "900000000002", 2);
        RestoredLog.goOn(database.source());
        write("d");
        assertThat(read("done")).containsExactly("d");
    }

    @Test
    void losesNothingThatWasWrittenAfterTheRestore() {
        restored("900000000001", 3, "a");
        cursor("done", "900000000001", 3);
        database.client()
                .sql("alter table change_log alter number restart with 4")
                .update();
        write("late");

        assertThatThrownBy(() -> read("done")).isInstanceOf(ReadFromElsewhere.class);
        RestoredLog.goOn(database.source());
        write("d");
        assertThat(read("done")).containsExactly("late", "d");
    }

    @Test
    void keepsWhatWasSetAsideFindable() {
        restored("900000000001", 3, "a");
        restored("900000000002", 9, "b");
        database.client()
                .sql("insert into change_set_aside (consumer, transaction, number, why)"
                        + " values ('done', '900000000002', 9, 'x')")
                .update();
        RestoredLog.goOn(database.source());
        assertThat(database.client()
                        .sql("select resource_id from change_log join change_set_aside using (transaction, number)")
                        .query(String.class)
                        .list())
                .containsExactly("b");
    }

    @Test
    void leavesALogOfItsOwnClusterAlone() {
        write("a");
        var before = positions();
        RestoredLog.goOn(database.source());
        assertThat(positions()).isEqualTo(before);
    }

    private List<String> read(String consumer) {
        var ids = new ArrayList<String>();
        new ChangeFeed(consumer, database.client(), database.transactions())
                .next(10, page -> page.forEach(entry -> ids.add(entry.change().id())));
        return ids;
    }

    private List<String> positions() {
        return database.client()
                .sql("select transaction::text || '/' || number from change_log")
                .query(String.class)
                .list();
    }

    private void write(String id) {
        database.client()
                .sql("insert into change_log (resource_type, resource_id, version, kind) values ('Patient', ?, 1, 'C')")
                .param(id)
                .update();
    }

    private void restored(String transaction, long number, String id) {
        database.client()
                .sql("insert into change_log (transaction, number, resource_type, resource_id, version, kind)"
                        + " overriding system value values (?::text::xid8, ?, 'Patient', ?, 1, 'C')")
                .params(transaction, number, id)
                .update();
    }

    private void cursor(String consumer, String transaction, long number) {
        database.client()
                .sql("insert into change_cursor (consumer, transaction, number) values (?, ?::text::xid8, ?)")
                .params(consumer, transaction, number)
                .update();
    }
}
