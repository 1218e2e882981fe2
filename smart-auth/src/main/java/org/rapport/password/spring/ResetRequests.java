package org.rapport.password.spring;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.rapport.audit.Agent;
import org.rapport.password.PasswordResets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Looks up who asked for a link after they were answered, one after the other.
 *
 * <p>When a thousand wait, whoever asks next waits for their own: too many is no reason to lose one.
 */
@Component
class ResetRequests implements DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(ResetRequests.class);
    private static final int MOST_WAITING = 1_000;

    private final PasswordResets resets;
    private final ThreadPoolExecutor worker = new ThreadPoolExecutor(
            1,
            1,
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(MOST_WAITING),
            work -> new Thread(work, "password-resets"),
            new ThreadPoolExecutor.CallerRunsPolicy());

    ResetRequests(PasswordResets resets) {
        this.resets = resets;
    }

    void put(String nameOrAddress, Agent by) {
        worker.execute(() -> ask(nameOrAddress, by));
    }

    private void ask(String nameOrAddress, Agent by) {
        try {
            resets.ask(nameOrAddress, by);
        } catch (DataAccessException | TransactionException e) {
            LOG.warn("A link for a forgotten password was not sent; who asked can ask again.", e);
        }
    }

    @Override
    public void destroy() {
        worker.shutdown();
    }
}
