package org.rapport.account;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.rapport.audit.Agent;
import org.rapport.audit.SecurityEvent;
import org.rapport.audit.SecurityEvent.Kind;
import org.rapport.audit.SecurityLog;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Where acts on accounts are written: the change and its audit row in one transaction.
 *
 * @param database joins the transaction that runs
 * @param transaction begins one, or joins the one that runs
 * @param log keeps who did what
 */
public record AccountLedger(JdbcClient database, TransactionOperations transaction, SecurityLog log) {

    /** Does everything or nothing; undone when it throws. */
    public <T> T whole(Supplier<T> act) {
        return Objects.requireNonNull(transaction.execute(status -> act.get()));
    }

    /** Does everything, or undoes it when the result is empty. */
    public <T> Optional<T> wholeOrNothing(Supplier<Optional<T>> act) {
        return Objects.requireNonNull(transaction.execute(status -> {
            var result = act.get();
            if (result.isEmpty()) {
                status.setRollbackOnly();
            }
            return result;
        }));
    }

    /** Notes what came about. */
    public void done(Kind kind, Agent by, String username, String how) {
        log.record(SecurityEvent.succeeded(kind, by, username, how));
    }

    /** Notes what was refused. */
    public void refused(Kind kind, Agent by, String username, String why) {
        log.record(SecurityEvent.failed(kind, by, username, why));
    }
}
