package org.rapport.breakglass;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.rapport.account.Account;
import org.rapport.account.AccountLedger;
import org.rapport.account.Role;
import org.rapport.audit.Agent;
import org.rapport.audit.SecurityEvent;
import org.rapport.audit.SecurityEvent.Kind;
import org.rapport.session.Grants;
import org.rapport.session.Sessions;

/**
 * Breaks the glass: the emergency, its audit row and the mails about it are one transaction.
 *
 * <p>Whoever calls has seen that a second factor was given just now.
 */
public final class BreakGlass {

    /** How long an emergency lasts, by the reference on security, section 3.4. */
    public static final Duration LIFETIME = Duration.ofMinutes(30);

    /** How long an application may take to fetch its token: no longer than the second factor is fresh. */
    public static final Duration TO_FETCH = Duration.ofMinutes(5);

    /** The purpose that tokens of an emergency name, a code of v3-ActReason. */
    public static final String PURPOSE = "BTG";

    private static final Duration OFTEN = Duration.ofDays(1);
    private static final int SELDOM = 2;

    private final Emergencies emergencies;
    private final AccountLedger ledger;
    private final Witnesses witnesses;
    private final Ends ends;
    private final Clock clock;

    /** What ends an emergency before its time. */
    public record Ends(Grants grants, Sessions sessions) {}

    public BreakGlass(AccountLedger ledger, Witnesses witnesses, Ends ends, Clock clock) {
        this.emergencies = new Emergencies(ledger.database());
        this.ledger = ledger;
        this.witnesses = witnesses;
        this.ends = ends;
        this.clock = clock;
    }

    /** Whether somebody may break the glass at all: a clinician who is a practitioner here. */
    public static boolean isOpenTo(Account account) {
        var user = account.fhirUser();
        return account.enabled()
                && account.roles().contains(Role.CLINICIAN)
                && user != null
                && user.startsWith("Practitioner/");
    }

    /** Begins an emergency in a login session. */
    public Emergency open(Account who, Declaration why, String address, String session) {
        return ledger.whole(() -> {
            var now = clock.instant();
            boolean often = emergencies.countSince(who.username(), now.minus(OFTEN)) >= SELDOM;
            var begun = new Emergency(UUID.randomUUID(), who.username(), why, often, session, now, now.plus(LIFETIME));
            emergencies.add(begun);
            note(
                    Kind.BREAK_GLASS_STARTED,
                    agent(who, address),
                    begun,
                    why.reason().code());
            witnesses.broken(begun);
            return begun;
        });
    }

    /** Notes that somebody tried to; {@code no-right} raises an alarm. */
    public void refused(Agent by, String why) {
        ledger.refused(Kind.BREAK_GLASS_STARTED, by, "", why);
    }

    /**
     * The emergency that an application may fetch its token for, once: held, with its login session, until the transaction
     * ends that the caller runs.
     */
    public Optional<Emergency> take(String username, String patient) {
        return emergencies
                .unused(username, patient, clock.instant().minus(TO_FETCH))
                .filter(emergency -> ends.sessions().holdAlive(emergency.session()));
    }

    /** Ties the grant of the token to the emergency, in the same transaction. */
    public void fetched(Emergency emergency, String grantId) {
        emergencies.used(emergency.id(), grantId);
    }

    /** What somebody has open now. */
    public List<Emergency> runningOf(String username) {
        return emergencies.runningOf(username);
    }

    /** Ends an emergency at the wish of whoever began it; nothing when it is over. */
    public void close(Account who, UUID id, String address) {
        ledger.whole(() -> {
            emergencies.holdRunning(who.username(), id).ifPresent(held -> end(held, agent(who, address), "by-user"));
            return true;
        });
    }

    /** Ends what is over; true when there may be more. */
    boolean endOver() {
        return ledger.whole(() -> {
            var over = emergencies.over(clock.instant(), TO_FETCH);
            over.forEach(one -> end(one, Agent.SERVER, one.expiresAt().isAfter(clock.instant()) ? "early" : "time"));
            return !over.isEmpty();
        });
    }

    private void end(Emergency emergency, Agent by, String how) {
        emergencies.end(emergency.id(), clock.instant()).ifPresent(ends.grants()::end);
        note(Kind.BREAK_GLASS_ENDED, by, emergency, how);
    }

    private void note(Kind kind, Agent by, Emergency emergency, String how) {
        ledger.log().record(SecurityEvent.succeeded(kind, by, emergency.id().toString(), how), emergency.patient());
    }

    static Agent agent(Account who, String address) {
        return new Agent(
                Optional.of(who.username()),
                Optional.empty(),
                Optional.ofNullable(who.fhirUser()),
                Optional.of(address),
                new Agent.Authority(Optional.empty(), Optional.of(PURPOSE)));
    }
}
