package org.rapport.product;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** A client that does one thing after another at a steady pace until it is stopped, whatever happens to the servers. */
abstract class SteadyClient implements Runnable {

    private final Duration pace;
    private final AtomicBoolean goesOn = new AtomicBoolean(true);
    private final Thread thread;

    SteadyClient(String name, Duration pace) {
        this.pace = pace;
        this.thread = new Thread(this, name);
    }

    /** Does the next thing; comes back when it is done or given up. */
    abstract void next();

    SteadyClient start() {
        thread.start();
        return this;
    }

    void stop() throws InterruptedException {
        goesOn.set(false);
        thread.join();
    }

    boolean goesOn() {
        return goesOn.get();
    }

    void rest() {
        LockSupport.parkNanos(pace.toNanos());
    }

    @Override
    public void run() {
        while (goesOn.get()) {
            next();
            rest();
        }
    }
}
