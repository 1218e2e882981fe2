package org.rapport.password;

import java.util.List;
import java.util.Optional;
import org.rapport.account.Account;
import org.rapport.account.Accounts;
import org.rapport.contact.MailAddress;
import org.rapport.contact.MailAddresses;

/**
 * Finds where the mail for somebody who forgot a password goes: always to a verified address.
 *
 * @param accounts who there is
 * @param addresses where they are reached
 */
public record Recipients(Accounts accounts, MailAddresses addresses) {

    /**
     * Whom a mail is for.
     *
     * @param usernames whose passwords it may replace; at least one
     */
    record Found(MailAddress address, List<String> usernames) {}

    /** By user name the one account, by address all that have it; empty when nobody enabled can be reached. */
    Optional<Found> of(String nameOrAddress) {
        return byName(nameOrAddress.strip())
                .or(() -> MailAddress.parse(nameOrAddress).flatMap(this::byAddress));
    }

    /** To the address as it was verified: who asks may have written it in another way, which may be another mailbox. */
    private Optional<Found> byAddress(MailAddress typed) {
        var usernames = addresses.accountsAt(typed);
        return usernames.stream().findFirst().flatMap(addresses::of).flatMap(verified -> found(verified, usernames));
    }

    private Optional<Found> byName(String username) {
        return accounts.find(username)
                .filter(Account::enabled)
                .flatMap(account -> addresses.of(username))
                .flatMap(address -> found(address, List.of(username)));
    }

    private Optional<Found> found(MailAddress address, List<String> usernames) {
        return usernames.isEmpty() ? Optional.empty() : Optional.of(new Found(address, usernames));
    }

    /** The keyed hash of the address, as the database counts mails by. */
    byte[] hash(Found found) {
        return addresses.hash(found.address());
    }
}
