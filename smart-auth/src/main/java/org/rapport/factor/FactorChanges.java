package org.rapport.factor;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.rapport.account.Account;
import org.rapport.account.AccountNotices;
import org.rapport.audit.Agent;
import org.rapport.audit.SecurityEvent;
import org.rapport.audit.SecurityLog;
import org.springframework.transaction.support.TransactionOperations;

/** Adds and removes factors; each change is recorded and its owner told by mail, all or nothing. */
public final class FactorChanges {

    private final Factors factors;
    private final RecoveryCodes recoveryCodes;
    private final AccountNotices notices;
    private final SecurityLog log;
    private final TransactionOperations transaction;

    public FactorChanges(
            Factors factors,
            RecoveryCodes recoveryCodes,
            AccountNotices notices,
            SecurityLog log,
            TransactionOperations transaction) {
        this.factors = factors;
        this.recoveryCodes = recoveryCodes;
        this.notices = notices;
        this.log = log;
        this.transaction = transaction;
    }

    /**
     * Adds a factor; with the account's first one come recovery codes.
     *
     * @param store keeps the factor unless what was given does not show that it works
     * @return empty when nothing was added; else the recovery codes to show once, none when there were some before
     */
    public Optional<List<String>> add(String username, String address, Factor.Kind kind, BooleanSupplier store) {
        return Optional.ofNullable(transaction.execute(status -> {
            boolean first = !factors.has(username);
            if (!store.getAsBoolean()) {
                return null;
            }
            log.record(SecurityEvent.succeeded(
                    SecurityEvent.Kind.FACTOR_ADDED, Agent.signedIn(username, address), username, kind.code()));
            notices.tell(username, "factor-added");
            return first ? recoveryCodes.renew(username) : List.<String>of();
        }));
    }

    /**
     * Removes a factor, but not the last one of an account that may not do without.
     *
     * @return whether it was removed
     */
    public boolean remove(Account account, String address, UUID id) {
        var username = account.username();
        return Boolean.TRUE.equals(transaction.execute(status -> {
            var gone = factors.remove(username, id, Factors.areDemandedOf(account));
            gone.ifPresent(factor -> {
                log.record(removed(username, address, factor.kind().code()));
                notices.tell(username, "factor-removed");
            });
            return gone.isPresent();
        }));
    }

    /** New recovery codes in place of the old, to show once. */
    public List<String> renewRecoveryCodes(String username, String address) {
        var codes = transaction.execute(status -> {
            log.record(SecurityEvent.succeeded(
                    SecurityEvent.Kind.FACTOR_ADDED, Agent.signedIn(username, address), username, "recovery codes"));
            return recoveryCodes.renew(username);
        });
        return codes == null ? List.of() : codes;
    }

    private static SecurityEvent removed(String username, String address, String detail) {
        return SecurityEvent.succeeded(
                SecurityEvent.Kind.FACTOR_REMOVED, Agent.signedIn(username, address), username, detail);
    }
}
