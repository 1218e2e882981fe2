package org.rapport.password;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.rapport.account.NewAccount;

/**
 * Tells whether a new password is good enough: long, in no list of common or breached passwords, and not to be guessed
 * from its owner. There is no rule about kinds of characters.
 *
 * @see <a href="https://pages.nist.gov/800-63-4/sp800-63b.html#passwordver">NIST SP 800-63B-4, 3.1.1.2</a>
 */
public final class PasswordRules {

    private static final String PRODUCT = "rapport";
    private static final int SHORTEST_NAME = 3;
    private static final int REST_THAT_COUNTS = 8;
    private static final int FEWEST_CHARACTERS = 5;

    private final CommonPasswords common;
    private final Optional<BreachedPasswords> breached;

    public PasswordRules(CommonPasswords common, Optional<BreachedPasswords> breached) {
        this.common = common;
        this.breached = breached;
    }

    /** Whose password it is to be. */
    public record Owner(String username, String displayName) {}

    /** The first thing that is wrong with it; empty when it is good. */
    public Optional<Weakness> weakness(String password, Owner owner) {
        if (!NewAccount.isPassword(password)) {
            return Optional.of(Weakness.LENGTH);
        }
        var lower = password.toLowerCase(Locale.ROOT);
        if (isRepeated(lower)) {
            return Optional.of(Weakness.REPEATED);
        }
        if (KeyboardRuns.makeUp(lower)) {
            return Optional.of(Weakness.SEQUENCE);
        }
        if (names(owner).anyMatch(name -> isHardlyMoreThan(lower, name))) {
            return Optional.of(Weakness.PERSONAL);
        }
        if (common.contains(password)) {
            return Optional.of(Weakness.COMMON);
        }
        return breached.filter(list -> list.contains(password)).map(list -> Weakness.BREACHED);
    }

    private static Stream<String> names(Owner owner) {
        var words = List.of(owner.displayName().split("[^\\p{L}\\p{N}]+"));
        return Stream.concat(Stream.of(owner.username(), PRODUCT), words.stream())
                .map(name -> name.toLowerCase(Locale.ROOT))
                .filter(name -> name.length() >= SHORTEST_NAME);
    }

    private static boolean isHardlyMoreThan(String password, String name) {
        return password.contains(name) && password.replace(name, "").length() < REST_THAT_COUNTS;
    }

    private static boolean isRepeated(String password) {
        return password.chars().distinct().count() < FEWEST_CHARACTERS
                || unitLengths(password).anyMatch(length -> repeats(password, length));
    }

    private static Stream<Integer> unitLengths(String password) {
        return Stream.iterate(1, length -> length <= password.length() / 2, length -> length + 1);
    }

    private static boolean repeats(String password, int length) {
        var repeated = new char[password.length()];
        for (int i = 0; i < repeated.length; i++) {
            repeated[i] = password.charAt(i % length);
        }
        return password.equals(String.valueOf(repeated));
    }
}
