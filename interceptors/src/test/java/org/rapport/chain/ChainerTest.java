package org.rapport.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rapport.audit.AuditLog;
import org.rapport.audit.SecurityLog;
import org.rapport.testing.AuditTables;
import org.rapport.testing.OwnThread;
import org.rapport.testing.TestDatabase;
import org.rapport.testing.TestSealing;
import org.rapport.work.Work;
import org.springframework.jdbc.core.JdbcTemplate;

class ChainerTest {

    private final TestDatabase database = AuditTables.make();
    private final Chainer chainer = chainer(Duration.ofDays(365));

    @BeforeEach
    void makeKeys() {
        chainer.prepare();
    }

    @Test
    void chainsEachRowOnceInTheOrderOfCommitsWithoutAGap() {
        insert("a", "b");
        assertThat(chainer.step()).isEqualTo(Work.Step.IDLE);
        insert("c");
        chainer.step();

        assertThat(chained()).endsWith("a", "b", "c");
        assertThat(indexes()).containsExactly(1L, 2L, 3L, 4L);
        assertThat(chainer.step()).isEqualTo(Work.Step.IDLE);
    }

    @Test
    void leavesNoGapForWhatWasRolledBack() {
        database.transactions().executeWithoutResult(status -> {
            insert("gone");
            status.setRollbackOnly();
        });
        insert("kept");
        chainer.step();

        assertThat(indexes()).containsExactly(1L, 2L);
    }

    @Test
    void neverPassesOverARowThatIsCommittedLate() throws InterruptedException {
        var written = new CountDownLatch(1);
        var commit = new CountDownLatch(1);
        var late = CompletableFuture.runAsync(
                () -> database.transactions().executeWithoutResult(status -> {
                    insert("late");
                    written.countDown();
                    try {
                        commit.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                }),
                OwnThread.EACH);
        written.await();
        insert("early");
        chainer.step();
        assertThat(chained()).doesNotContain("early", "late");

        commit.countDown();
        late.join();
        chainer.step();
        assertThat(chained()).contains("early", "late");
    }

    @Test
    void isDoneByOneOfSeveralAtATime() {
        var works = IntStream.range(0, 4)
                .mapToObj(number -> CompletableFuture.runAsync(
                        () -> {
                            for (int row = 0; row < 25; row++) {
                                insert("r" + number + "-" + row);
                                chainer(Duration.ofDays(365)).step();
                            }
                        },
                        OwnThread.EACH))
                .toList();
        works.forEach(CompletableFuture::join);
        chainer.step();

        assertThat(indexes())
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 101).mapToObj(Long::valueOf).toList());
        assertThat(chained()).doesNotHaveDuplicates();
    }

    @Test
    void goesOnAfterARestoreToAYoungerCluster() {
        insert("before");
        chainer.step();
        insert("unchained");
        asAdministrator("update audit_log set transaction = (transaction::text::bigint + 1000000)::text::xid8");
        asAdministrator(
                "update audit_chain_cursor set transaction = (transaction::text::bigint + 1000000)::text::xid8");
        insert("after");
        while (chained().size() < 4 && indexes().size() < 10) {
            chainer.step();
        }

        assertThat(chained()).endsWith("before", "unchained", "after");
        insert("later");
        chainer.step();
        assertThat(chained()).endsWith("later");
    }

    @Test
    void beginsANewEpochWhenTheKeysAreOld() {
        insert("a");
        chainer(Duration.ZERO).step();
        insert("b");
        chainer.step();

        assertThat(database.client()
                        .sql("select distinct epoch from audit_chain order by epoch")
                        .query(Integer.class)
                        .list())
                .contains(2);
    }

    @Test
    void keepsItsKeysSealed() {
        assertThat(new ChainKeys(database.client(), new TestSealing("other"), securityLog()).of(1))
                .isEmpty();
        assertThat(keys().of(1)).isPresent();
        assertThat(keys().of(2)).isEmpty();
    }

    private void insert(String... ids) {
        List.of(ids)
                .forEach(id -> database.client()
                        .sql("insert into audit_log (request, interaction, status, resource_id)"
                                + " values ('r', 'read', 200, ?)")
                        .param(id)
                        .update());
    }

    private List<String> chained() {
        return database.client()
                .sql("select l.resource_id from audit_chain c join audit_log l on l.number = c.number"
                        + " order by c.chain_index")
                .query(String.class)
                .list();
    }

    private List<Long> indexes() {
        return database.client()
                .sql("select chain_index from audit_chain order by chain_index")
                .query(Long.class)
                .list();
    }

    private void asAdministrator(String statement) {
        database.transactions().executeWithoutResult(status -> {
            var statements = new JdbcTemplate(database.source());
            statements.execute("set local session_replication_role = replica");
            statements.execute(statement);
        });
    }

    private Chainer chainer(Duration keyLife) {
        return new Chainer(new Chain(new JdbcTemplate(database.source())), keys(), database.transactions(), keyLife);
    }

    private ChainKeys keys() {
        return new ChainKeys(database.client(), new TestSealing("master"), securityLog());
    }

    private SecurityLog securityLog() {
        return new SecurityLog(new AuditLog(new JdbcTemplate(database.source())));
    }
}
