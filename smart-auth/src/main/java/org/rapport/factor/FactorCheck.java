package org.rapport.factor;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.rapport.account.AccountNotices;
import org.rapport.account.AttemptThrottle;
import org.rapport.audit.Agent;
import org.rapport.audit.SecurityEvent;
import org.rapport.audit.SecurityLog;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Judges what somebody gives as a factor.
 *
 * <p>Failures are counted by account and address, so that guessing from one place does not keep the owner out at another,
 * and by address alone. A right code that was used before is refused and recorded, but it is no guess and does not count.
 */
public final class FactorCheck {

    /** How long somebody waits after too many failures. */
    public static final Duration HOLD = Duration.ofMinutes(5);

    private static final int FAILURES_BY_ACCOUNT = 5;
    private static final int FAILURES_BY_ADDRESS = 50;
    private static final int SOURCES = 10_000;

    private final TotpFactors apps;
    private final RecoveryCodes recoveryCodes;
    private final AccountNotices notices;
    private final SecurityLog log;
    private final TransactionOperations transaction;
    private final AttemptThrottle byAccount;
    private final AttemptThrottle byAddress;

    public FactorCheck(
            Kept kept, AccountNotices notices, SecurityLog log, TransactionOperations transaction, Clock clock) {
        this.apps = kept.apps();
        this.recoveryCodes = kept.recoveryCodes();
        this.notices = notices;
        this.log = log;
        this.transaction = transaction;
        this.byAccount = new AttemptThrottle(FAILURES_BY_ACCOUNT, HOLD, SOURCES, clock);
        this.byAddress = new AttemptThrottle(FAILURES_BY_ADDRESS, HOLD, SOURCES, clock);
    }

    /** Judges a code of an authenticator app. */
    public Outcome app(Attempt attempt, String code) {
        return judge(attempt, "otp", () -> apps.accept(attempt.username(), code.replaceAll("\\s", "")));
    }

    /** Judges a recovery code; the owner is told of its use. */
    public Outcome recoveryCode(Attempt attempt, String code) {
        return judge(attempt, "recovery", () -> {
            boolean good = Boolean.TRUE.equals(transaction.execute(status -> spend(attempt.username(), code)));
            return good ? TotpFactors.Answer.GOOD : TotpFactors.Answer.WRONG;
        });
    }

    /**
     * Judges a passkey.
     *
     * @param owner whose passkey was used; empty when the authenticator's answer was no good
     */
    public Outcome passkey(Attempt attempt, Optional<String> owner) {
        owner.filter(name -> !name.equals(attempt.username()))
                .ifPresent(other -> log.record(attempt.of(other).failed("hwk in the sign-in of another")));
        return judged(attempt, owner.filter(attempt.username()::equals).isPresent());
    }

    /**
     * Judges a passkey that is the whole sign-in.
     *
     * @param owner whose passkey was used, with an enabled account; empty when it was no good
     */
    public Outcome passkeyAlone(String address, Optional<String> owner) {
        return judged(new Attempt("", address, SecurityEvent.Kind.SIGN_IN), owner.isPresent());
    }

    private Outcome judged(Attempt attempt, boolean good) {
        return judge(attempt, "hwk", () -> good ? TotpFactors.Answer.GOOD : TotpFactors.Answer.WRONG);
    }

    private boolean spend(String username, String code) {
        boolean spent = recoveryCodes.spend(username, code);
        if (spent) {
            notices.tell(username, "recovery-used");
        }
        return spent;
    }

    private Outcome judge(Attempt attempt, String detail, Supplier<TotpFactors.Answer> check) {
        var source = attempt.username() + ' ' + attempt.address();
        if (byAccount.holds(source) || byAddress.holds(attempt.address())) {
            log.record(attempt.failed("held"));
            return Outcome.HELD;
        }
        var answer = check.get();
        if (answer == TotpFactors.Answer.GOOD) {
            byAccount.succeeded(source);
            return Outcome.ACCEPTED;
        }
        if (answer == TotpFactors.Answer.WRONG) {
            byAccount.failed(source);
            byAddress.failed(attempt.address());
        }
        log.record(attempt.failed(answer == TotpFactors.Answer.REPLAYED ? detail + " replayed" : detail));
        return Outcome.REFUSED;
    }

    /** What becomes of an attempt. */
    public enum Outcome {
        ACCEPTED,
        REFUSED,
        /** Not looked at: too many failures before. */
        HELD
    }

    /**
     * Who tries, from where, and what for.
     *
     * @param purpose {@code SIGN_IN} or {@code STEP_UP}
     */
    public record Attempt(String username, String address, SecurityEvent.Kind purpose) {

        Attempt of(String other) {
            return new Attempt(other, address, purpose);
        }

        SecurityEvent failed(String detail) {
            var agent = username.isEmpty() ? Agent.unknown(address) : Agent.signedIn(username, address);
            return SecurityEvent.failed(purpose, agent, username, detail);
        }
    }

    /** The factors that codes are compared with. */
    public record Kept(TotpFactors apps, RecoveryCodes recoveryCodes) {}
}
