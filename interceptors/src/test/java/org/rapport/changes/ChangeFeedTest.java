package org.rapport.changes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.rapport.audit.Agent;
import org.rapport.audit.AuditTrail;
import org.rapport.testing.AuditTables;
import org.rapport.testing.OwnThread;
import org.rapport.testing.TestDatabase;
import org.rapport.work.WakeUp;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

class ChangeFeedTest {

    private final TestDatabase database = AuditTables.make();
    private final TransactionChanges changes =
            new TransactionChanges(new ChangeLog(new JdbcTemplate(database.source())), type -> {}, new WakeUp());
    private final ChangeFeed feed = feed("reader");

    @Test
    void handsOutEachChangeOnceInTheOrderOfTheWrites() {
        write("a", "b", "c");
        write("d");

        assertThat(read(2)).containsExactly("a", "b");
        assertThat(read(2)).containsExactly("c", "d");
        assertThat(read(2)).isEmpty();
    }

    @Test
    void givesEachConsumerAllChanges() {
        write("a");

        assertThat(read(10)).containsExactly("a");
        assertThat(ids(feed("other"), 10)).containsExactly("a");
    }

    @Test
    void neverSkipsATransactionThatCommitsLate() throws Exception {
        var early = new CountDownLatch(1);
        var commit = new CountDownLatch(1);
        var late = CompletableFuture.runAsync(
                () -> database.transactions().executeWithoutResult(status -> {
                    new ChangeLog(new JdbcTemplate(database.source())).append(List.of(written("late")));
                    early.countDown();
                    awaitQuietly(commit);
                }),
                OwnThread.EACH);
        assertThat(early.await(10, TimeUnit.SECONDS)).isTrue();
        write("quick");

        assertThat(read(10))
                .as("while the earlier transaction may still commit")
                .isEmpty();
        commit.countDown();
        late.get(10, TimeUnit.SECONDS);
        assertThat(read(10)).containsExactly("late", "quick");
        assertThat(read(10)).isEmpty();
    }

    @Test
    void losesNothingAndRepeatsNothingUnderManyWriters() throws Exception {
        var writers = IntStream.range(0, 4)
                .mapToObj(writer -> CompletableFuture.runAsync(
                        () -> IntStream.range(0, 100).forEach(number -> write(writer + "-" + number)), OwnThread.EACH))
                .toArray(CompletableFuture[]::new);
        var all = CompletableFuture.allOf(writers);
        var found = new ArrayList<String>();
        while (!all.isDone()) {
            found.addAll(read(50));
        }
        all.get(60, TimeUnit.SECONDS);
        found.addAll(read(1000));

        assertThat(found).hasSize(400).doesNotHaveDuplicates();
    }

    @Test
    void givesAPageAgainWhenItsReaderFails() {
        write("a");

        assertThatThrownBy(() -> feed.next(10, page -> {
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");
        assertThat(read(10)).containsExactly("a");
    }

    @Test
    void letsOneInstanceReadAtATime() {
        write("a");

        feed.next(
                10,
                page -> assertThat(CompletableFuture.supplyAsync(() -> read(10), OwnThread.EACH)
                                .orTimeout(10, TimeUnit.SECONDS)
                                .join())
                        .isEmpty());
        assertThat(read(10)).isEmpty();
    }

    @Test
    void knowsNothingOfWhatWasRolledBack() {
        database.transactions().executeWithoutResult(status -> {
            changes.add(written("gone"));
            status.setRollbackOnly();
        });

        assertThat(read(10)).isEmpty();
        assertThat(rows("change_log")).isZero();
        assertThat(rows("audit_log")).isZero();
    }

    @Test
    void leavesAnAuditRowForEachPatientOfAChange() {
        write("a", "b");

        assertThat(database.client()
                        .sql("select resource_id || ' ' || patient || ' ' || interaction || ' ' || status"
                                + " from audit_log order by number")
                        .query(String.class)
                        .list())
                .containsExactly("a a create 0", "a other create 0", "b b create 0", "b other create 0");
        assertThat(rows("change_log")).isEqualTo(2);
    }

    private long rows(String table) {
        return database.client()
                .sql("select count(*) from " + table)
                .query(Long.class)
                .single();
    }

    @Test
    void keepsAnInnerTransactionApart() {
        var inner = database.transactions();
        inner.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        database.transactions().executeWithoutResult(status -> {
            changes.add(written("outer"));
            inner.executeWithoutResult(own -> changes.add(written("inner")));
            status.setRollbackOnly();
        });

        assertThat(read(10)).containsExactly("inner");
    }

    @Test
    void letsOthersReactToTheCommitInTransactionsOfTheirOwn() {
        var inner = database.transactions();
        inner.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        database.transactions().executeWithoutResult(status -> {
            changes.add(written("first"));
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    inner.executeWithoutResult(own -> changes.add(written("second")));
                }
            });
        });

        assertThat(read(10)).containsExactly("first", "second");
    }

    @Test
    void refusesAChangeOutsideOfATransaction() {
        assertThatThrownBy(() -> changes.add(written("a"))).isInstanceOf(IllegalStateException.class);
    }

    private ChangeFeed feed(String consumer) {
        return new ChangeFeed(consumer, database.client(), database.transactions());
    }

    private void write(String... ids) {
        database.transactions().executeWithoutResult(status -> {
            for (var id : ids) {
                changes.add(written(id));
            }
        });
    }

    private static Write written(String id) {
        var change = new Change("Patient", id, 1, Change.Kind.CREATED);
        return new Write(change, new TreeSet<>(List.of(id, "other")), Agent.SERVER, AuditTrail.ofServer("test"));
    }

    private List<String> read(int limit) {
        return ids(feed, limit);
    }

    private static List<String> ids(ChangeFeed feed, int limit) {
        var ids = new ArrayList<String>();
        feed.next(limit, page -> page.forEach(entry -> ids.add(entry.change().id())));
        return ids;
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            if (!latch.await(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("The test went on too late.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
