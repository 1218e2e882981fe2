package org.rapport.benchmarks.load;

import java.util.ArrayList;
import java.util.List;
import org.rapport.benchmarks.workload.FhirEndpoint;
import org.rapport.benchmarks.workload.World;

/** One of the servers under comparison, and what came of its rounds. */
final class Side {

    private final String name;
    private final FhirEndpoint server;
    private final World world;
    private final ProcessCpu processes;
    private final List<Outcome> rounds = new ArrayList<>();

    Side(String name, FhirEndpoint server, World world, ProcessCpu processes) {
        this.name = name;
        this.server = server;
        this.world = world;
        this.processes = processes;
    }

    String name() {
        return name;
    }

    void warmUp(Load load) throws InterruptedException {
        LoadRun.of(server, world, load);
    }

    void round(Load load) throws InterruptedException {
        var before = processes.used();
        var outcome = LoadRun.of(server, world, load);
        rounds.add(outcome.using(processes.used().minus(before)));
    }

    List<Outcome> rounds() {
        return List.copyOf(rounds);
    }

    Outcome total() {
        return rounds.stream().reduce(Outcome.none(), Outcome::plus);
    }
}
