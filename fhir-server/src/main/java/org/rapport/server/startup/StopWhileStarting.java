package org.rapport.server.startup;

import java.time.Duration;
import org.rapport.server.StartFailure;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Lets Ctrl-C and SIGTERM end a start that is under way.
 *
 * <p>Spring waits with them until the start is done. Here the next bean or step ends it, and what is open is closed in
 * order. A step that takes longer is broken off; then PostgreSQL is left running, and the next start takes it over. Once
 * the server is ready this does nothing: then Spring stops it.
 */
@Component
final class StopWhileStarting implements BeanPostProcessor {

    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private static volatile boolean stopping;
    private static volatile boolean ready;

    /** Watches for the end of the process from now on. */
    static void watch() {
        Runtime.getRuntime().addShutdownHook(new Thread(StopWhileStarting::stop, "stop"));
    }

    private static void stop() {
        if (ready) {
            return;
        }
        stopping = true;
        var limit = new Thread(StopWhileStarting::breakOff, "stop-limit");
        limit.setDaemon(true);
        limit.start();
    }

    private static void breakOff() {
        try {
            Thread.sleep(PATIENCE.toMillis());
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(1);
    }

    /**
     * Ends the start when the process is to end.
     *
     * @throws StartFailure saying so
     */
    static void goOn() {
        if (stopping && !ready) {
            throw new StartFailure("It was stopped before it was ready.");
        }
    }

    @EventListener
    void ready(ApplicationReadyEvent event) {
        ready = true;
    }

    @Override
    public Object postProcessBeforeInitialization(Object bean, String name) {
        goOn();
        return bean;
    }
}
