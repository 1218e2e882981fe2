package org.rapport.benchmarks.load;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.rapport.benchmarks.workload.Operation;

/**
 * Which operations a load is made of: the same sequence at each run, so that both sides are asked the same.
 *
 * @param cycle the operations in their order, repeated over and over
 */
record Mix(List<Operation> cycle) {

    Mix {
        cycle = List.copyOf(cycle);
    }

    /**
     * Reads a mix such as {@code read:6,create:3,search-category:1}; a weight of 1 may be left out.
     *
     * @throws IllegalArgumentException when it names an unknown operation or a weight is no number from 1 to 100
     */
    static Mix parse(String text) {
        return new Mix(Arrays.stream(text.split(","))
                .map(part -> part.strip().split(":", 2))
                .flatMap(part -> Collections.nCopies(weight(part), Operation.labelled(part[0])).stream())
                .toList());
    }

    Operation operation(long n) {
        return cycle.get(Math.floorMod(n, cycle.size()));
    }

    private static int weight(String[] part) {
        if (part.length == 1) {
            return 1;
        }
        if (!part[1].matches("[1-9]\\d?|100")) {
            throw new IllegalArgumentException(
                    "Expected a weight from 1 to 100 for %s, not \"%s\"".formatted(part[0], part[1]));
        }
        return Integer.parseInt(part[1]);
    }
}
