package org.rapport.changes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.rapport.audit.Agent;
import org.rapport.audit.AuditTrail;
import org.rapport.testing.AuditTables;
import org.rapport.testing.TestDatabase;
import org.rapport.work.Work;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.jdbc.core.JdbcTemplate;

class FeedReadingTest {

    private final TestDatabase database = AuditTables.make();
    private final List<String> handled = new ArrayList<>();

    @Test
    void setsAsideTheOneChangeThatFailsAgainAndAgain() {
        write("a", "poison", "b");
        var work = work(entry -> {
            if (entry.change().id().equals("poison")) {
                throw new IllegalStateException("of a patient");
            }
            handled.add(entry.change().id());
        });
        for (int failure = 0; failure < 8 + 1; failure++) {
            stepUntilItFailsOrEnds(work);
        }
        stepUntilItFailsOrEnds(work);

        assertThat(handled).endsWith("a", "b").doesNotContain("poison");
        assertThat(setAside()).containsExactly("IllegalStateException");
    }

    @Test
    void givesNothingUpWhileTheDatabaseIsInTrouble() {
        write("a");
        var work = work(entry -> {
            database.client().sql("do $$ begin raise sqlstate '40001'; end $$").update();
        });
        for (int attempt = 0; attempt < 30; attempt++) {
            assertThatThrownBy(work::step).isInstanceOf(ConcurrencyFailureException.class);
        }
        assertThat(setAside()).isEmpty();
    }

    @Test
    void setsNothingAsideThatAnotherInstanceHasReadMeanwhile() {
        write("a", "b");
        var feed = new ChangeFeed("reader", database.client(), database.transactions());
        var first = new ArrayList<ChangeFeed.Position>();
        feed.next(1, page -> first.add(page.get(0).position()));

        assertThat(feed.setAside(first.get(0), "late")).isFalse();
        assertThat(setAside()).isEmpty();
        assertThat(feed.next(10, page -> assertThat(page).hasSize(1))).isEqualTo(1);
    }

    private List<String> setAside() {
        return database.client()
                .sql("select why from change_set_aside")
                .query(String.class)
                .list();
    }

    private static void stepUntilItFailsOrEnds(Work work) {
        try {
            var step = work.step();
            while (step == Work.Step.MORE) {
                step = work.step();
            }
        } catch (IllegalStateException e) {
            assertThat(e).hasMessage("of a patient");
        }
    }

    private Work work(Consumer<ChangeFeed.Entry> reader) {
        var feed = new ChangeFeed("reader", database.client(), database.transactions());
        return new FeedReading("reader", feed, page -> page.forEach(reader));
    }

    private void write(String... ids) {
        var log = new ChangeLog(new JdbcTemplate(database.source()));
        database.transactions().executeWithoutResult(status -> {
            for (var id : ids) {
                var change = new Change("Patient", id, 1, Change.Kind.CREATED);
                log.append(List.of(new Write(change, Set.of(), Agent.SERVER, AuditTrail.ofServer("test"))));
            }
        });
    }
}
