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
    private final WatchedChanges changes = watching();
    private final WatchedChanges elsewhere = watching();

    private WatchedChanges watching() {
        return new WatchedChanges(DATABASE.client(), Set.of("Consent", "Group"), nanos::get);
    }

    @BeforeEach
    void begin() {
        write("Patient");
        changes.epoch();
        elsewhere.epoch();
        later();
    }

    @Test
    @DisplayName("CD-11: a change is known on every instance within a second")
    void tellsOfAChangeOnEveryInstance() {
        long here = changes.epoch();
        long there = elsewhere.epoch();
        write("Group");
        later();
        assertThat(changes.epoch()).isGreaterThan(here);
        assertThat(elsewhere.epoch()).isGreaterThan(there);
    }

    @Test
    void staysTheSameWithoutChangesOfWhatIsWatched() {
        write("Consent");
        later();
        long before = changes.epoch();
        later();
        write("Observation");
        assertThat(changes.epoch()).isEqualTo(before);
        changes.watch("Observation");
        later();
        long watching = changes.epoch();
        later();
        write("Observation");
        later();
        assertThat(changes.epoch()).isGreaterThan(watching);
    }

    /** A reading that began before did not look for it. */
    @Test
    void takesNothingForKnownWhenATypeIsWatchedAnew() {
        long before = changes.epoch();
        changes.watch("DocumentReference");
        assertThat(changes.epochByNow()).isEqualTo(Long.MAX_VALUE);
        later();
        assertThat(changes.epoch()).isGreaterThan(before);
        assertThat(changes.epochByNow()).isEqualTo(changes.epoch());
    }

    @Test
    void knowsByNowWhatTheLastReadingDoesNot() {
        long before = changes.epoch();
        assertThat(changes.epochByNow()).isEqualTo(before);
        write("Observation");
        assertThat(changes.epochByNow()).isEqualTo(before);
        write("Consent");
        assertThat(changes.epoch()).isEqualTo(before);
        assertThat(changes.epochByNow()).isEqualTo(Long.MAX_VALUE);
        kept("alice");
    }

    private void kept(String key) {
        var kept = new KeptByEpoch<String>(nanos::get);
        kept.keep(key, "of no known age", changes.epochByNow());
        assertThat(kept.find(key, 0)).isEmpty();
    }

    @Test
    void tellsOfATransactionThatBeganEarlyAndCommitsLate() {
        long before = changes.epoch();
        DATABASE.transactions().executeWithoutResult(early -> {
            write("Consent");
            CompletableFuture.runAsync(
                            () -> {
                                write("Consent");
                                later();
                                assertThat(changes.epoch()).isEqualTo(before + 1);
                            },
                            OwnThread.EACH)
                    .join();
        });
        later();
        assertThat(changes.epoch()).isEqualTo(before + 2);
    }

    @Test
    void doesNotTakeForKnownWhatATransactionSeesOfItself() {
        long before = changes.epoch();
        DATABASE.transactions().executeWithoutResult(own -> {
            write("Consent");
            later();
            assertThat(changes.epoch()).isEqualTo(before);
        });
        later();
        assertThat(changes.epoch()).isEqualTo(before + 1);
    }

    @Test
    void knowsNothingWhenTheDatabaseDoesNotAnswer() {
        var away = new WatchedChanges(TestDatabase.with().client(), Set.of("Consent"), nanos::get);
        assertThatExceptionOfType(ChangesUnknown.class).isThrownBy(away::epoch);
    }

    @Nested
    class Kept {

        private final KeptByEpoch<String> kept = new KeptByEpoch<>(nanos::get);

        @Test
        void isWorthNothingAfterAChange() {
            kept.keep("alice", "as it was", changes.epoch());
            assertThat(kept.find("alice", changes.epoch())).contains("as it was");
            assertThat(kept.find("bob", changes.epoch())).isEmpty();
            write("Consent");
            later();
            assertThat(kept.find("alice", changes.epoch())).isEmpty();
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
