package org.rapport.benchmarks.cost;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.rapport.benchmarks.workload.FhirEndpoint;
import org.rapport.benchmarks.workload.Operation;
import org.rapport.benchmarks.workload.World;

/**
 * Measures operations one after the other.
 *
 * <p>A server also works in the background, which can only add to a count: each operation is measured in several rounds
 * and the smallest counts are taken.
 */
final class CostMeter {

    private static final int ROUNDS = 3;
    private static final Duration QUIET = Duration.ofMillis(150);
    private static final int LONGEST_WAIT = 20;

    private final FhirEndpoint server;
    private final StatementCounter counter;
    private final DatabaseStatistics statistics;

    private int next;

    CostMeter(FhirEndpoint server, StatementCounter counter, DatabaseStatistics statistics) {
        this.server = server;
        this.counter = counter;
        this.statistics = statistics;
    }

    /** The mean cost of an operation, warmed up, in the best of the rounds. */
    Cost measure(Operation operation, World world) {
        run(operation, world, warmUp(operation));
        var size = statistics.read().size();
        var rounds = IntStream.range(0, ROUNDS)
                .mapToObj(round -> round(operation, world))
                .toList();
        var stored = ROUNDS * repeats(operation) * operation.resourcesStored();
        var bytes = stored == 0 ? 0 : (double) (statistics.read().size() - size) / stored;
        return best(rounds, bytes);
    }

    /** The statements of one operation. */
    List<String> statements(Operation operation, World world) {
        settle();
        counter.record();
        run(operation, world, 1);
        settle();
        return counter.recorded();
    }

    private Cost round(Operation operation, World world) {
        settle();
        var before = statistics.read();
        var executions = counter.count();
        var repeats = repeats(operation);
        run(operation, world, repeats);
        settle();
        executions = counter.count() - executions;
        var after = statistics.read();
        return new Cost(
                (double) executions / repeats,
                (double) (after.inserted() - before.inserted()) / repeats,
                (double) (after.updated() - before.updated()) / repeats,
                (double) (after.deleted() - before.deleted()) / repeats,
                (double) (after.walPosition() - before.walPosition()) / repeats,
                0);
    }

    private static Cost best(List<Cost> rounds, double storedBytes) {
        return new Cost(
                rounds.stream().mapToDouble(Cost::executions).min().orElseThrow(),
                rounds.stream().mapToDouble(Cost::inserted).min().orElseThrow(),
                rounds.stream().mapToDouble(Cost::updated).min().orElseThrow(),
                rounds.stream().mapToDouble(Cost::deleted).min().orElseThrow(),
                rounds.stream().mapToDouble(Cost::walBytes).min().orElseThrow(),
                storedBytes);
    }

    private void run(Operation operation, World world, int times) {
        for (int i = 0; i < times; i++) {
            operation.perform(server, world, next++);
        }
    }

    /** Waits until nothing has been executed for a while: a server may go on after its answer. */
    private void settle() {
        long seen;
        var waits = 0;
        do {
            seen = counter.count();
            LockSupport.parkNanos(QUIET.toNanos());
        } while (seen != counter.count() && ++waits < LONGEST_WAIT);
    }

    /** Creates share a block of 50 ids and bytes come in pages, so they are repeated more often. */
    private static int repeats(Operation operation) {
        return switch (operation) {
            case CREATE -> 100;
            case TRANSACTION -> 5;
            default -> 8;
        };
    }

    private static int warmUp(Operation operation) {
        return operation == Operation.CREATE ? 20 : 4;
    }
}
