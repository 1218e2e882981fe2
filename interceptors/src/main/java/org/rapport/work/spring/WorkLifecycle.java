package org.rapport.work.spring;

import org.rapport.work.BackgroundWork;
import org.springframework.context.SmartLifecycle;

/** Starts the work last, when everything it uses runs, and stops it first. */
final class WorkLifecycle implements SmartLifecycle {

    private final BackgroundWork work;
    private boolean running;

    WorkLifecycle(BackgroundWork work) {
        this.work = work;
    }

    @Override
    public void start() {
        work.start();
        running = true;
    }

    @Override
    public void stop() {
        work.stop();
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
