package org.rapport.testing;

import java.util.concurrent.Executor;

/** Runs each task on a thread of its own: tasks that wait for each other never wait for a pool, of one thread on two cores. */
public enum OwnThread implements Executor {
    EACH;

    @Override
    public void execute(Runnable task) {
        var thread = new Thread(task, "own-thread");
        thread.setDaemon(true);
        thread.start();
    }
}
