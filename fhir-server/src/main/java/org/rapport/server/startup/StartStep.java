package org.rapport.server.startup;

import org.springframework.context.SmartLifecycle;

/** A step of the start: it runs once, in the order of the phases, before the web server opens its port. */
public final class StartStep implements SmartLifecycle {

    private final int phase;
    private final Runnable step;
    private volatile boolean running;

    /**
     * A step that is still to be run.
     *
     * @param phase lower ones run first
     * @param step what is done; an exception ends the start
     */
    public StartStep(int phase, Runnable step) {
        this.phase = phase;
        this.step = step;
    }

    @Override
    public void start() {
        StopWhileStarting.goOn();
        step.run();
        running = true;
        StopWhileStarting.goOn();
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return phase;
    }
}
