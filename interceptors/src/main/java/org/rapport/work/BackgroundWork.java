package org.rapport.work;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All the work that this instance does in the background. */
public final class BackgroundWork {

    private static final Logger LOG = LoggerFactory.getLogger(BackgroundWork.class);
    private static final Duration STOP = Duration.ofSeconds(5);

    private final List<WorkLoop> loops;
    private final WakeUpChannel channel;

    /**
     * @param works what is done
     * @param channel carries calls to and from the other instances
     * @param wakeUp calls the work
     */
    public BackgroundWork(List<Work> works, WakeUpChannel channel, WakeUp wakeUp) {
        this.loops = works.stream()
                .flatMap(work -> loops(work, wakeUp.bell(work.topic())))
                .toList();
        this.channel = channel;
    }

    /** They share a bell: a call wakes one of them, who calls the next where there is more to do. */
    private static Stream<WorkLoop> loops(Work work, Bell bell) {
        return IntStream.rangeClosed(1, work.parallel()).mapToObj(number -> new WorkLoop(work, bell, number));
    }

    /** Begins. */
    public void start() {
        channel.open();
        loops.forEach(WorkLoop::start);
    }

    /** Lets the steps under way come to their end, for five seconds at most in all; then leaves them to the fences. */
    public void stop() {
        loops.forEach(WorkLoop::stop);
        long end = System.nanoTime() + STOP.toNanos();
        for (var loop : loops) {
            if (!loop.ended(Duration.ofNanos(Math.max(1_000_000, end - System.nanoTime())))) {
                LOG.warn("A step in the background was still under way at the stop; another instance or the next start"
                        + " takes it again");
            }
        }
        channel.close();
    }
}
