package org.rapport.account.spring;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.rapport.account.Account;
import org.rapport.account.Accounts;
import org.rapport.account.AttemptThrottle;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/**
 * Signs a person in by user name and password.
 *
 * <p>Failures are counted by account and address, so that nobody can lock out somebody elsewhere, and by address
 * alone, so that one password cannot be tried on everyone. An unknown name costs the same time as a wrong password.
 */
final class PasswordSignIn implements AuthenticationProvider {

    private static final int FAILURES_BY_ACCOUNT = 5;
    private static final int FAILURES_BY_ADDRESS = 50;
    private static final Duration HOLD = Duration.ofMinutes(5);
    private static final int SOURCES = 10_000;

    private final Accounts accounts;
    private final PasswordEncoder passwords;
    private final String hashOfNobody;
    private final AttemptThrottle byAccount;
    private final AttemptThrottle byAddress;

    PasswordSignIn(Accounts accounts, PasswordEncoder passwords, Clock clock) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.hashOfNobody = passwords.encode("nobody has this password");
        this.byAccount = new AttemptThrottle(FAILURES_BY_ACCOUNT, HOLD, SOURCES, clock);
        this.byAddress = new AttemptThrottle(FAILURES_BY_ADDRESS, HOLD, SOURCES, clock);
    }

    @Override
    public Authentication authenticate(Authentication attempt) {
        var address = attempt.getDetails() instanceof WebAuthenticationDetails web ? web.getRemoteAddress() : "";
        var source = attempt.getName() + ' ' + address;
        if (byAccount.holds(source) || byAddress.holds(address)) {
            throw new LockedException("Too many failed attempts.");
        }
        var account = check(attempt).orElseThrow(() -> {
            byAccount.failed(source);
            byAddress.failed(address);
            return new BadCredentialsException("Wrong user name or password.");
        });
        byAccount.succeeded(source);
        return signedIn(account, attempt);
    }

    private Optional<Account> check(Authentication attempt) {
        var hash = accounts.passwordHash(attempt.getName());
        boolean good = passwords.matches(String.valueOf(attempt.getCredentials()), hash.orElse(hashOfNobody));
        return good && hash.isPresent() ? accounts.find(attempt.getName()).filter(Account::enabled) : Optional.empty();
    }

    private static Authentication signedIn(Account account, Authentication attempt) {
        List<SimpleGrantedAuthority> authorities = account.roles().stream()
                .map(role -> new SimpleGrantedAuthority("ROLE_" + role.code()))
                .toList();
        var user = User.withUsername(account.username())
                .password("")
                .authorities(authorities)
                .build();
        var signedIn = UsernamePasswordAuthenticationToken.authenticated(user, null, authorities);
        signedIn.setDetails(attempt.getDetails());
        return signedIn;
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
    }
}
