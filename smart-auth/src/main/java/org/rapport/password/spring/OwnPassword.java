package org.rapport.password.spring;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import org.rapport.account.AccountLedger;
import org.rapport.account.Accounts;
import org.rapport.account.AttemptThrottle;
import org.rapport.account.spring.Visitor;
import org.rapport.audit.SecurityEvent.Kind;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/** Asks somebody who is signed in for the password again, so that an open browser alone changes nothing. */
@Component
public class OwnPassword {

    private static final int FAILURES = 5;
    private static final Duration HOLD = Duration.ofMinutes(5);
    private static final int PEOPLE = 10_000;

    private final Accounts accounts;
    private final PasswordEncoder passwords;
    private final AccountLedger ledger;
    private final AttemptThrottle byAccount;

    OwnPassword(Accounts accounts, PasswordEncoder passwords, AccountLedger ledger, Clock clock) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.ledger = ledger;
        this.byAccount = new AttemptThrottle(FAILURES, HOLD, PEOPLE, clock);
    }

    /** What came of asking. */
    public enum Answer {
        RIGHT(200, ""),
        WRONG(401, "wrong"),
        HELD(429, "throttled");

        private final int status;
        private final String notice;

        Answer(int status, String notice) {
            this.status = status;
            this.notice = notice;
        }

        /** The HTTP status to say it with. */
        public int status() {
            return status;
        }

        /** The message to say it with; empty when all is well. */
        public String notice() {
            return notice;
        }
    }

    /** Compares with the password of whoever is signed in; after five failures nobody can try for five minutes. */
    public Answer check(HttpServletRequest request, String password) {
        var username = request.getUserPrincipal().getName();
        if (byAccount.holds(username)) {
            return Answer.HELD;
        }
        if (accounts.passwordHash(username)
                .filter(hash -> passwords.matches(password, hash))
                .isPresent()) {
            byAccount.succeeded(username);
            return Answer.RIGHT;
        }
        byAccount.failed(username);
        ledger.refused(Kind.STEP_UP, Visitor.of(request), username, "pwd");
        return Answer.WRONG;
    }
}
