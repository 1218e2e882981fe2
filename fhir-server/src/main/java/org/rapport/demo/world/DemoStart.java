package org.rapport.demo.world;

import org.springframework.context.SmartLifecycle;

/** A step of the start: after the store and the broker, before the web server opens. */
final class DemoStart implements SmartLifecycle {

    private static final int AFTER_DEFINITIONS = 100;

    private final int phase;
    private final Runnable step;
    private boolean running;

    private DemoStart(int phase, Runnable step) {
        this.phase = phase;
        this.step = step;
    }

    /** What needs the store. */
    static DemoStart whenStored(Runnable step) {
        return new DemoStart(AFTER_DEFINITIONS, step);
    }

    /** What comes before anything else starts. */
    static DemoStart first(Runnable step) {
        return new DemoStart(Integer.MIN_VALUE, step);
    }

    @Override
    public void start() {
        step.run();
        running = true;
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
