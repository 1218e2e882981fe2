package org.rapport.session.spring;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.rapport.access.OwnDevices;
import org.rapport.account.Account;
import org.rapport.account.AccountNotices;
import org.rapport.account.Accounts;
import org.rapport.audit.Agent;
import org.rapport.audit.SecurityEvent;
import org.rapport.audit.SecurityEvent.Kind;
import org.rapport.audit.SecurityLog;
import org.rapport.session.AppAccess;
import org.rapport.session.Sessions;
import org.springframework.transaction.support.TransactionOperations;

/** What people may end of their own account; each act leaves an audit row in the same transaction. */
final class OwnerActs {

    private final Accounts accounts;
    private final Sessions sessions;
    private final AppAccess apps;
    private final Supplier<Optional<OwnDevices>> devices;
    private final Recorded recorded;

    OwnerActs(
            Accounts accounts,
            Sessions sessions,
            AppAccess apps,
            Supplier<Optional<OwnDevices>> devices,
            Recorded recorded) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.apps = apps;
        this.devices = devices;
        this.recorded = recorded;
    }

    /** Ends one session; whether there was one. */
    boolean endSession(String username, String session) {
        return recorded.of(Kind.SESSION_REVOKED, username, session, "one", () -> sessions.end(username, session));
    }

    /** Ends all sessions but that of a browser's cookie; whether there were any. */
    boolean endOtherSessions(String username, String cookie) {
        var kept = sessions.idOf(cookie).orElse("");
        return recorded.of(
                Kind.SESSION_REVOKED, username, username, "others", () -> sessions.endOthers(username, kept) > 0);
    }

    /** Ends an application's access; whether it had any. */
    boolean endApp(String username, String client) {
        return recorded.of(Kind.TOKEN_REVOKED, username, client, "by-owner", () -> apps.end(username, client));
    }

    /** Takes a device's credentials away; whether it is a device of this person. */
    boolean endDevice(String username, String device) {
        return recorded.of(
                Kind.DEVICE_CREDENTIAL_CHANGED,
                username,
                device,
                "revoked",
                () -> accounts.find(username)
                        .flatMap(Account::ownRecord)
                        .flatMap(patient -> devices.get().map(own -> own.revoke(patient, device)))
                        .orElse(false));
    }

    /** Writes down what came of an act, and tells the owner of a session that was ended. */
    record Recorded(SecurityLog log, AccountNotices notices, TransactionOperations transaction) {

        boolean of(Kind kind, String username, String object, String detail, BooleanSupplier act) {
            var agent = Agent.signedIn(username, BrowserRequest.address());
            return Boolean.TRUE.equals(transaction.execute(status -> {
                boolean done = act.getAsBoolean();
                if (done && kind == Kind.SESSION_REVOKED) {
                    notices.tell(username, "session-revoked");
                }
                log.record(
                        done
                                ? SecurityEvent.succeeded(kind, agent, object, detail)
                                : SecurityEvent.failed(kind, agent, object, detail));
                return done;
            }));
        }
    }
}
