package org.rapport.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The CPU time of processes, of all that descend from them, and of the descendants that have ended.
 *
 * @param roots process ids, such as a server's and its PostgreSQL's
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html">proc_pid_stat(5)</a>
 */
record ProcessCpu(List<Long> roots) {

    private static final Duration TICK = Duration.ofMillis(10);

    ProcessCpu {
        roots = List.copyOf(roots);
    }

    /** What they have used since they started; zero where there is no {@code /proc}. */
    Duration used() {
        var ticks = roots.stream()
                .flatMap(root -> ProcessHandle.of(root).stream())
                .flatMap(root -> Stream.concat(Stream.of(root), root.descendants()))
                .mapToLong(ProcessHandle::pid)
                .distinct()
                .map(ProcessCpu::ticks)
                .sum();
        return TICK.multipliedBy(ticks);
    }

    /** User and system time of a process and of its children that ended. */
    private static long ticks(long pid) {
        try {
            var stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            return fields(stat.substring(stat.lastIndexOf(')') + 2))
                    .skip(11)
                    .limit(4)
                    .sum();
        } catch (IOException e) {
            return 0; // it has ended; its parent has its time
        }
    }

    private static LongStream fields(String afterName) {
        return Stream.of(afterName.strip().split(" "))
                .mapToLong(field -> field.matches("-?\\d{1,18}") ? Long.parseLong(field) : 0);
    }
}
