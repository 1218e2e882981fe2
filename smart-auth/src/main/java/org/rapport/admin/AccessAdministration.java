package org.rapport.admin;

import java.util.List;
import java.util.function.BooleanSupplier;
import org.rapport.account.AccountNotices;
import org.rapport.audit.Agent;
import org.rapport.audit.SecurityEvent;
import org.rapport.audit.SecurityEvent.Kind;
import org.rapport.audit.SecurityLog;
import org.rapport.factor.Factor;
import org.rapport.factor.Factors;
import org.rapport.session.AppAccess;
import org.rapport.session.ConnectedApp;
import org.rapport.session.Grants;
import org.rapport.session.LoginSession;
import org.rapport.session.Sessions;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Ends what a person is signed in to, on behalf of somebody: sessions, applications, factors. Each act leaves a row in the
 * audit log and holds on every instance within a second.
 */
public final class AccessAdministration {

    private final Held held;
    private final AccountNotices notices;
    private final SecurityLog log;
    private final TransactionOperations transaction;

    public AccessAdministration(Held held, AccountNotices notices, SecurityLog log, TransactionOperations transaction) {
        this.held = held;
        this.notices = notices;
        this.log = log;
        this.transaction = transaction;
    }

    /**
     * What people hold.
     *
     * @param sessions browsers that are signed in
     * @param grants tokens of applications
     * @param apps applications that were let in
     * @param factors second factors
     */
    public record Held(Sessions sessions, Grants grants, AppAccess apps, Factors factors) {}

    /** The browsers that a person is signed in with. */
    public List<LoginSession> sessions(String username) {
        return held.sessions().of(username);
    }

    /** The applications that a person has let in. */
    public List<ConnectedApp> apps(String username) {
        return held.apps().of(username);
    }

    /** The second factors of a person. */
    public List<Factor> factors(String username) {
        return held.factors().of(username);
    }

    /** Ends one session; false when there was none. */
    public boolean endSession(String username, String id, Agent by) {
        return whole(() -> noted(Kind.SESSION_REVOKED, held.sessions().end(username, id), by, username, "one"));
    }

    /** Ends every session and every grant of a person. */
    public void endEverything(String username, Agent by) {
        whole(() -> {
            held.sessions().endAllOf(username);
            held.grants().endOf(username);
            return noted(Kind.SESSION_REVOKED, true, by, username, "all");
        });
    }

    /** Shuts an application out of what a person let it into; false when it was not let in. */
    public boolean endApp(String username, String clientId, Agent by) {
        return whole(() -> noted(Kind.TOKEN_REVOKED, held.apps().end(username, clientId), by, username, clientId));
    }

    /**
     * Takes every second factor from somebody who has lost them, and signs them out; staff are led to a new one at their
     * next sign-in.
     *
     * @return how many there were
     */
    public int removeFactors(String username, Agent by) {
        var gone = held.factors().of(username);
        whole(() -> {
            gone.forEach(factor -> held.factors().remove(username, factor.id(), false));
            held.sessions().endAllOf(username);
            held.grants().endOf(username);
            notices.tell(username, "factor-removed");
            return noted(Kind.FACTOR_REMOVED, true, by, username, "all " + gone.size());
        });
        return gone.size();
    }

    private boolean noted(Kind kind, boolean done, Agent by, String username, String detail) {
        log.record(
                done
                        ? SecurityEvent.succeeded(kind, by, username, detail)
                        : SecurityEvent.failed(kind, by, username, detail));
        return done;
    }

    private boolean whole(BooleanSupplier act) {
        return Boolean.TRUE.equals(transaction.execute(status -> act.getAsBoolean()));
    }
}
