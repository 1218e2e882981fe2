package org.rapport.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.rapport.testing.OwnThread;
import org.rapport.testing.TestDatabase;
import org.rapport.work.WakeUp;

class OutboxTest {

    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final RetryPlan PLAN =
            new RetryPlan(Duration.ofSeconds(10), Duration.ofSeconds(40), Duration.ofMinutes(2));

    private final TestDatabase database = TestDatabase.with("V2026.11.21.11__outbox.sql");
    private final Outbox outbox = at(NOW);

    @Test
    void sendsOnceWhatIsDue() {
        put("a", NOW);
        put("b", NOW.plusSeconds(60));

        var leased = outbox.lease(10, LEASE);
        assertThat(leased).extracting(OutboxItem::key).containsExactly("a");
        assertThat(outbox.lease(10, LEASE)).isEmpty();
        assertThat(outbox.sent(leased.get(0))).isTrue();
        assertThat(at(NOW.plusSeconds(60)).lease(10, LEASE))
                .extracting(OutboxItem::key)
                .containsExactly("b");
    }

    @Test
    void takesAKeyOnlyOnce() {
        assertThat(put("a", NOW)).isTrue();
        assertThat(put("a", NOW)).isFalse();
        outbox.sent(outbox.lease(1, LEASE).get(0));
        assertThat(put("a", NOW)).isFalse();
        assertThat(outbox.lease(1, LEASE)).isEmpty();
    }

    @Test
    void forgetsWhatWasRolledBack() {
        database.transactions().executeWithoutResult(status -> {
            outbox.put(letter("a", Optional.empty(), NOW));
            status.setRollbackOnly();
        });
        assertThat(outbox.lease(1, LEASE)).isEmpty();
    }

    @Test
    void refusesToTakeAnythingOutsideOfATransaction() {
        assertThatThrownBy(() -> outbox.put(letter("a", Optional.empty(), NOW)))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void givesALeaseThatHasRunOutToAnotherAndFencesTheFirst() {
        put("a", NOW);
        var slow = outbox.lease(1, Duration.ofMillis(-1)).get(0);
        var quick = outbox.lease(1, LEASE).get(0);

        assertThat(quick.attempt()).isEqualTo(2);
        assertThat(outbox.sent(slow)).isFalse();
        assertThat(outbox.failed(slow, "late")).isFalse();
        assertThat(outbox.sent(quick)).isTrue();
    }

    @Test
    void triesAgainAfterGrowingPausesAndParksInTheEnd() {
        put("a", NOW);
        var now = NOW;
        for (long pause : new long[] {10, 20, 40, 40, 10}) {
            at(now).failed(at(now).lease(1, LEASE).get(0), "no answer");
            assertThat(at(now.plusSeconds(pause - 1)).lease(1, LEASE)).isEmpty();
            now = now.plusSeconds(pause);
        }
        var last = at(now);
        last.failed(last.lease(1, LEASE).get(0), "no answer");

        assertThat(at(now.plus(Duration.ofDays(9))).lease(1, LEASE)).isEmpty();
        assertThat(state("a")).isEqualTo("P");
    }

    @Test
    void parksWhatTheReceiverRefuses() {
        put("a", NOW);
        assertThat(outbox.refused(outbox.lease(1, LEASE).get(0), "gone")).isTrue();
        assertThat(state("a")).isEqualTo("P");
    }

    @Test
    void withdrawsWhatIsNotBeingSent() {
        put("a", NOW);
        put("b", NOW.plusSeconds(5));
        outbox.lease(1, LEASE);
        assertThat(outbox.withdraw("a")).isFalse();
        assertThat(outbox.withdraw("b")).isTrue();
    }

    @Test
    void keepsTheOrderOfALaneAndNobodyElseWaiting() {
        for (var number : List.of("1", "2", "3")) {
            put(letter("slow-" + number, Optional.of("slow"), NOW));
            put(letter("quick-" + number, Optional.of("quick"), NOW));
        }
        var first = outbox.lease(10, LEASE);
        assertThat(first).extracting(OutboxItem::key).containsExactly("slow-1", "quick-1");
        outbox.failed(first.get(0), "no answer");
        outbox.sent(first.get(1));

        assertThat(drainOneByOne(outbox)).containsExactly("quick-2", "quick-3");
        assertThat(drainOneByOne(at(NOW.plusSeconds(10)))).containsExactly("slow-1", "slow-2", "slow-3");
    }

    @Test
    void parksWhatWaitsInALaneAndIsNotBeingSent() {
        for (var number : List.of("1", "2", "3")) {
            put(letter("off-" + number, Optional.of("off"), NOW));
        }
        put(letter("on-1", Optional.of("on"), NOW));
        var leased = outbox.lease(1, LEASE).get(0);

        assertThat(outbox.refuseLane("off", "turned off")).isEqualTo(2);
        assertThat(outbox.failed(leased, "no answer")).isTrue();
        assertThat(state("off-2") + state("off-3") + state("on-1")).isEqualTo("PPW");
    }

    @Test
    void callsTheSenderAfterTheCommit() {
        var wakeUp = new WakeUp();
        var called = new ArrayList<String>();
        wakeUp.spreadBy(called::add);
        var calling = new Outbox("test", PLAN, new Outbox.Tools(database.client(), Clock.systemUTC(), wakeUp));
        database.transactions().executeWithoutResult(status -> {
            calling.put(letter("a", Optional.empty(), NOW));
            calling.put(letter("b", Optional.empty(), NOW));
            assertThat(called).isEmpty();
        });
        assertThat(called).containsExactly("outbox-test");
    }

    private static List<String> drainOneByOne(Outbox mine) {
        var keys = new ArrayList<String>();
        for (var page = mine.lease(1, LEASE); !page.isEmpty(); page = mine.lease(1, LEASE)) {
            keys.add(page.get(0).key());
            mine.sent(page.get(0));
        }
        return keys;
    }

    @Test
    void leasesNothingTwiceToManyWorkers() {
        IntStream.range(0, 200).forEach(number -> put("k" + number, NOW));
        var keys = IntStream.range(0, 8)
                .mapToObj(worker -> CompletableFuture.supplyAsync(() -> drain(at(NOW)), OwnThread.EACH))
                .toList()
                .stream()
                .flatMap(future -> future.join().stream())
                .toList();
        assertThat(keys).hasSize(200).doesNotHaveDuplicates();
    }

    private static List<String> drain(Outbox mine) {
        var keys = new ArrayList<String>();
        for (var page = mine.lease(7, LEASE); !page.isEmpty(); page = mine.lease(7, LEASE)) {
            page.forEach(item -> keys.add(item.key()));
        }
        return keys;
    }

    private Outbox at(Instant now) {
        var clock = Clock.fixed(now, ZoneOffset.UTC);
        return new Outbox("test", PLAN, new Outbox.Tools(database.client(), clock, new WakeUp()));
    }

    private boolean put(String key, Instant due) {
        return put(letter(key, Optional.empty(), due));
    }

    private boolean put(Letter letter) {
        return Boolean.TRUE.equals(database.transactions().execute(status -> outbox.put(letter)));
    }

    private static Letter letter(String key, Optional<String> lane, Instant due) {
        return new Letter(key, lane, "{}", due);
    }

    private String state(String key) {
        return database.client()
                .sql("select state from outbox_item where key = ?")
                .param(key)
                .query(String.class)
                .single();
    }
}
