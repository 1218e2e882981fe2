package org.rapport.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.rapport.limit.Bulkhead.Room;
import org.rapport.limit.Bulkhead.Turn;

class BulkheadTest {

    private static final Room ROOMY = new Room(100, 100);

    @Test
    void letsInAsManyAsItHasPlacesFor() {
        var bulkhead = new Bulkhead(new Room(2, 0), ROOMY, Duration.ZERO);

        assertThat(bulkhead.enter("anna")).isEqualTo(Turn.BEGUN);
        assertThat(bulkhead.enter("anna")).isEqualTo(Turn.BEGUN);
        assertThat(bulkhead.enter("anna")).isEqualTo(Turn.FULL);

        bulkhead.leave("anna");
        assertThat(bulkhead.enter("anna")).isEqualTo(Turn.BEGUN);
    }

    @Test
    void turnsAwayWhoHasWaitedForTooLong() {
        var bulkhead = new Bulkhead(new Room(1, 1), ROOMY, Duration.ofMillis(1));
        bulkhead.enter("anna");

        assertThat(bulkhead.enter("boris")).isEqualTo(Turn.FULL);

        bulkhead.leave("anna");
        assertThat(bulkhead.enter("boris")).isEqualTo(Turn.BEGUN);
    }

    @Test
    void letsAWaitingOneInWhenAnotherLeaves() {
        var bulkhead = new Bulkhead(new Room(1, 1), ROOMY, Duration.ofSeconds(30));
        bulkhead.enter("anna");
        var turn = new AtomicReference<Turn>();
        waiting(bulkhead, "boris", turn);

        assertThat(bulkhead.enter("clara")).isEqualTo(Turn.FULL);
        bulkhead.leave("anna");

        await().until(() -> turn.get() == Turn.BEGUN);
    }

    @Test
    void keepsPlacesForTheOthersFromOneCaller() {
        var bulkhead = new Bulkhead(new Room(3, 10), new Room(2, 1), Duration.ofSeconds(30));
        bulkhead.enter("anna");
        bulkhead.enter("anna");
        var third = new AtomicReference<Turn>();
        waiting(bulkhead, "anna", third);

        assertThat(bulkhead.enter("anna")).isEqualTo(Turn.TOO_MANY_OF_ONE);
        assertThat(bulkhead.enter("boris")).isEqualTo(Turn.BEGUN);

        bulkhead.leave("boris");
        assertThat(third).hasNullValue();
        bulkhead.leave("anna");
        await().until(() -> third.get() == Turn.BEGUN);
    }

    @Test
    void keepsSeatsForTheOthersFromTwoCallers() {
        var bulkhead = new Bulkhead(new Room(2, 10), new Room(1, 9), Duration.ofSeconds(30));
        for (var caller : List.of("anna", "boris")) {
            bulkhead.enter(caller);
            for (int waiting = 1; mayWait(bulkhead, caller); waiting++) {
                assertThat(waiting).isLessThan(9);
            }
        }

        assertThat(mayWait(bulkhead, "clara")).isTrue();
    }

    private static boolean mayWait(Bulkhead bulkhead, String caller) {
        var turn = new AtomicReference<Turn>();
        var thread = new Thread(() -> turn.set(bulkhead.enter(caller)));
        thread.setDaemon(true);
        thread.start();
        await().until(() ->
                thread.getState() == Thread.State.TIMED_WAITING || thread.getState() == Thread.State.TERMINATED);
        return turn.get() == null;
    }

    @Test
    void countsNobodyWhoWasTurnedAway() {
        var bulkhead = new Bulkhead(new Room(1, 0), new Room(1, 1), Duration.ZERO);
        bulkhead.enter("anna");
        for (int attempt = 0; attempt < 5; attempt++) {
            assertThat(bulkhead.enter("boris")).isEqualTo(Turn.FULL);
        }
        bulkhead.leave("anna");

        assertThat(bulkhead.enter("boris")).isEqualTo(Turn.BEGUN);
    }

    @Test
    void hasAllItsRoomAgainAfterManyCameAndWent() throws InterruptedException {
        var bulkhead = new Bulkhead(new Room(2, 3), new Room(1, 2), Duration.ofMillis(2));
        var threads = new ArrayList<Thread>();
        for (int thread = 0; thread < 12; thread++) {
            var caller = "caller" + thread % 3;
            threads.add(new Thread(() -> {
                for (int request = 0; request < 200; request++) {
                    if (bulkhead.enter(caller) == Turn.BEGUN) {
                        Thread.onSpinWait();
                        bulkhead.leave(caller);
                    }
                }
            }));
        }
        threads.forEach(Thread::start);
        for (var thread : threads) {
            thread.join();
        }

        assertThat(bulkhead.enter("caller0")).isEqualTo(Turn.BEGUN);
        assertThat(bulkhead.enter("caller1")).isEqualTo(Turn.BEGUN);
        assertThat(bulkhead.enter("caller2")).isEqualTo(Turn.FULL);
    }

    private static void waiting(Bulkhead bulkhead, String caller, AtomicReference<Turn> turn) {
        var thread = new Thread(() -> turn.set(bulkhead.enter(caller)));
        thread.start();
        await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
    }
}
