package org.rapport.kept;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.rapport.testing.OwnThread;
import org.rapport.testing.TestDatabase;

class WatchedChangesTest {

    private static final TestDatabase DATABASE = TestDatabase.with("V2026.11.21.10__change_log.sql");

    private final AtomicLong nanos = new AtomicLong();
    private final Watching here = new Watching(DATABASE);
    private final Watching elsewhere = new Watching(DATABASE);

    /** What keeps something that depends on Consents and Groups. */
    private final class Watching {

        private final WatchedChanges changes;
        private final Sources sources;

        Watching(TestDatabase database) {
            changes = new WatchedChanges(database.client(), nanos::get);
            sources = new Sources(changes, Set.of("Consent", "Group"));
        }

        long epoch() {
            return sources.epoch(changes.epochs());
        }

        long epochByNow() {
            return sources.epoch(changes.epochsByNow());
        }
    }

    @BeforeEach
    void begin() {
        write("Patient");
        here.epoch();
        elsewhere.epoch();
        later();
    }

    @Test
    @DisplayName("CD-11: a change is known on every instance within a second")
    void tellsOfAChangeOnEveryInstance() {
        long before = here.epoch();
        long there = elsewhere.epoch();
        write("Group");
        later();
        assertThat(here.epoch()).isGreaterThan(before);
        assertThat(elsewhere.epoch()).isGreaterThan(there);
    }

    @Test
    void staysTheSameWithoutChangesOfWhatIsWatched() {
        write("Consent");
        later();
        long before = here.epoch();
        later();
        write("Observation");
        assertThat(here.epoch()).isEqualTo(before);
        here.sources.add("Observation");
        later();
        long watching = here.epoch();
        later();
        write("Observation");
        later();
        assertThat(here.epoch()).isGreaterThan(watching);
    }

    @Test
    void tellsEachWhoDependsOnSomethingElseOfThatAlone() {
        var patients = new Sources(here.changes, Set.of("Patient"));
        later();
        long consents = here.epoch();
        long before = patients.epoch(here.changes.epochs());
        write("Patient");
        later();
        assertThat(patients.epoch(here.changes.epochs())).isGreaterThan(before);
        assertThat(here.epoch()).isEqualTo(consents);
        write("Consent");
        assertThat(patients.epoch(here.changes.epochsByNow()))
                .isGreaterThan(before)
                .isNotEqualTo(Long.MAX_VALUE);
        assertThat(here.epochByNow()).isEqualTo(Long.MAX_VALUE);
    }

    /** A reading that began before did not look for it. */
    @Test
    void takesNothingForKnownWhenATypeIsWatchedAnew() {
        long before = here.epoch();
        here.sources.add("DocumentReference");
        assertThat(here.epochByNow()).isEqualTo(Long.MAX_VALUE);
        later();
        assertThat(here.epoch()).isGreaterThan(before);
        assertThat(here.epochByNow()).isEqualTo(here.epoch());
    }

    @Test
    void knowsByNowWhatTheLastReadingDoesNot() {
        long before = here.epoch();
        assertThat(here.epochByNow()).isEqualTo(before);
        write("Observation");
        assertThat(here.epochByNow()).isEqualTo(before);
        write("Consent");
        assertThat(here.epoch()).isEqualTo(before);
        assertThat(here.epochByNow()).isEqualTo(Long.MAX_VALUE);
        kept("alice");
    }

    private void kept(String key) {
        var kept = new KeptByEpoch<String>(nanos::get);
        kept.keep(key, "of no known age", here.epochByNow());
        assertThat(kept.find(key, 0)).isEmpty();
    }

    @Test
    void tellsOfATransactionThatBeganEarlyAndCommitsLate() {
        long before = here.epoch();
        DATABASE.transactions().executeWithoutResult(early -> {
            write("Consent");
            CompletableFuture.runAsync(
                            () -> {
                                write("Consent");
                                later();
                                assertThat(here.epoch()).isEqualTo(before + 1);
                            },
                            OwnThread.EACH)
                    .join();
        });
        later();
        assertThat(here.epoch()).isEqualTo(before + 2);
    }

    @Test
    void doesNotTakeForKnownWhatATransactionSeesOfItself() {
        long before = here.epoch();
        DATABASE.transactions().executeWithoutResult(own -> {
            write("Consent");
            later();
            assertThat(here.epoch()).isEqualTo(before);
        });
        later();
        assertThat(here.epoch()).isEqualTo(before + 1);
    }

    @Test
    void knowsNothingWhenTheDatabaseDoesNotAnswer() {
        var away = new Watching(TestDatabase.with());
        assertThatExceptionOfType(ChangesUnknown.class).isThrownBy(away::epoch);
    }

    @Nested
    class Kept {

        private final KeptByEpoch<String> kept = new KeptByEpoch<>(nanos::get);

        @Test
        void isWorthNothingAfterAChange() {
            kept.keep("alice", "as it was", here.epoch());
            assertThat(kept.find("alice", here.epoch())).contains("as it was");
            assertThat(kept.find("bob", here.epoch())).isEmpty();
            write("Consent");
            later();
            assertThat(kept.find("alice", here.epoch())).isEmpty();
        }

        @Test
        void isWorthNothingAfterAMinute() {
            kept.keep("alice", "as it was", 1);
            nanos.addAndGet(Duration.ofSeconds(60).toNanos());
            assertThat(kept.find("alice", 1)).isPresent();
            nanos.addAndGet(1);
            assertThat(kept.find("alice", 1)).isEmpty();
        }

        @Test
        void isNotReplacedByWhatIsOlder() {
            kept.keep("alice", "new", 2);
            kept.keep("alice", "old", 1);
            assertThat(kept.find("alice", 1)).contains("new");
        }
    }

    /** The snapshot is old by then. */
    private void later() {
        nanos.addAndGet(Duration.ofMillis(501).toNanos());
    }

    private static void write(String type) {
        DATABASE.client()
                .sql("insert into change_log (resource_type, resource_id, version, kind) values (?, '1', 1, 'U')")
                .param(type)
                .update();
    }
}
