package org.rapport.account.spring;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.rapport.account.Account;
import org.rapport.account.Accounts;
import org.rapport.account.AttemptThrottle;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Judges passwords.
 *
 * <p>Failures are counted by account and address, so that nobody can lock out somebody elsewhere, and by address
 * alone, so that one password cannot be tried on everyone. An unknown name costs the same time as a wrong password.
 */
public final class PasswordCheck {

    /** How long somebody waits after too many failures. */
    public static final Duration HOLD = Duration.ofMinutes(5);

    private static final int FAILURES_BY_ACCOUNT = 5;
    private static final int FAILURES_BY_ADDRESS = 50;
    private static final int SOURCES = 10_000;

    private final Accounts accounts;
    private final PasswordEncoder passwords;
    private final String hashOfNobody;
    private final AttemptThrottle byAccount;
    private final AttemptThrottle byAddress;

    PasswordCheck(Accounts accounts, PasswordEncoder passwords, Clock clock) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.hashOfNobody = passwords.encode("nobody has this password");
        this.byAccount = new AttemptThrottle(FAILURES_BY_ACCOUNT, HOLD, SOURCES, clock);
        this.byAddress = new AttemptThrottle(FAILURES_BY_ADDRESS, HOLD, SOURCES, clock);
    }

    /** Judges a password that was given at a network address. */
    public Answer check(String username, String password, String address) {
        var source = username + ' ' + address;
        if (byAccount.holds(source) || byAddress.holds(address)) {
            return new Answer(Optional.empty(), true);
        }
        var account = owner(username, password);
        if (account.isPresent()) {
            byAccount.succeeded(source);
        } else {
            byAccount.failed(source);
            byAddress.failed(address);
        }
        return new Answer(account, false);
    }

    private Optional<Account> owner(String username, String password) {
        var hash = accounts.passwordHash(username);
        boolean good = passwords.matches(password, hash.orElse(hashOfNobody));
        if (!good || hash.isEmpty()) {
            return Optional.empty();
        }
        accounts.upgradeHash(username, hash.get(), password);
        return accounts.find(username).filter(Account::enabled);
    }

    /**
     * What a password opens.
     *
     * @param account empty when name or password is wrong, the account is disabled or the attempt was held up
     * @param held whether the attempt was not looked at, for too many failures before
     */
    public record Answer(Optional<Account> account, boolean held) {}
}
