package org.rapport.invitation;

import java.time.LocalDate;
import java.util.Optional;
import java.util.stream.Collectors;
import org.rapport.account.Account;
import org.rapport.account.AccountLedger;
import org.rapport.account.Accounts;
import org.rapport.account.NewAccount;
import org.rapport.account.ReadableCode;
import org.rapport.account.Role;
import org.rapport.audit.Agent;
import org.rapport.audit.SecurityEvent.Kind;
import org.rapport.invitation.InvitationRules.Refusal;

/**
 * Holds open invitations. Each is used once, within seven days, and dies after five wrong birth dates. Of the code only the
 * hash is stored, of the birth date a keyed one.
 */
public final class Invitations {

    private final InvitationRules rules;
    private final Secrets secrets;
    private final Accounts accounts;
    private final AccountLedger ledger;

    public Invitations(InvitationRules rules, Secrets secrets, Accounts accounts, AccountLedger ledger) {
        this.rules = rules;
        this.secrets = secrets;
        this.accounts = accounts;
        this.ledger = ledger;
    }

    /** What comes of inviting somebody. */
    public sealed interface Made {

        /**
         * It waits to be used.
         *
         * @param code to be handed over; it cannot be shown again
         */
        record Code(String code) implements Made {

            @Override
            public String toString() {
                return "Code";
            }
        }

        /** It was not made. */
        record Refused(Refusal why) implements Made {}
    }

    /** What comes of using a code. */
    public enum Used {
        /** The account is made. */
        DONE,
        /** The code or the birth date is wrong, or the code is used or too old: nobody is told which. */
        BAD_CODE,
        /** The user name is taken; the code still works. */
        NAME_TAKEN
    }

    /**
     * What an invited person gives.
     *
     * @param code as it was handed over, however it was typed
     * @param birthDate empty when none was given
     */
    public record Answer(String code, Optional<LocalDate> birthDate, String username, String password) {

        @Override
        public String toString() {
            return "Answer";
        }
    }

    /** Invites somebody, on behalf of this person. */
    public Made create(Invitation invitation, Account by, Agent agent) {
        var refusal = rules.refusal(by, invitation);
        var whom = invitation.fhirUser().or(invitation::username).orElse("");
        if (refusal.isPresent()) {
            ledger.refused(Kind.ACCOUNT_CREATED, agent, whom, "invitation");
            return new Made.Refused(refusal.get());
        }
        var code = ReadableCode.random();
        ledger.whole(() -> {
            insert(invitation, secrets.codeHash(code), by);
            ledger.done(Kind.ACCOUNT_CREATED, agent, whom, "invitation " + roles(invitation));
            return true;
        });
        return new Made.Code(code);
    }

    private void insert(Invitation invitation, String codeHash, Account by) {
        ledger.database()
                .sql("DELETE FROM invitation WHERE expires_at < now() - interval '30 days'")
                .update();
        ledger.database()
                .sql("INSERT INTO invitation (code_hash, birth_date_hash, username, display_name, fhir_user, roles,"
                        + " invited_by, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, now() + interval '7 days')")
                .params(
                        codeHash,
                        invitation
                                .birthDate()
                                .map(date -> secrets.birthDateHash(codeHash, date))
                                .orElse(null),
                        invitation.username().orElse(null),
                        invitation.displayName(),
                        invitation.fhirUser().orElse(null),
                        roles(invitation),
                        by.username())
                .update();
    }

    private static String roles(Invitation invitation) {
        return invitation.roles().stream().map(Role::code).sorted().collect(Collectors.joining(" "));
    }

    /** The open invitation that this answer fits, for checking a password against names before it is used. */
    public Optional<Open> open(Answer answer, Agent agent) {
        var open = ledger.whole(() -> match(answer));
        if (open.isEmpty()) {
            ledger.refused(Kind.ACCOUNT_CREATED, agent, "", "wrong invitation code");
        }
        return open;
    }

    /**
     * An open invitation.
     *
     * @param username the name that is fixed; empty when it is free
     */
    public record Open(Optional<String> username, String displayName, Optional<String> fhirUser, String roles) {}

    /**
     * Makes the account, once. The reference to the record comes from the invitation and from nowhere else.
     *
     * @param answer with a user name and a password that an account may have
     */
    public Used use(Answer answer, Agent agent) {
        var used = ledger.whole(
                () -> match(answer).map(open -> make(open, answer, agent)).orElse(Used.BAD_CODE));
        if (used == Used.BAD_CODE) {
            ledger.refused(Kind.ACCOUNT_CREATED, agent, "", "wrong invitation code");
        }
        return used;
    }

    private Used make(Open open, Answer answer, Agent agent) {
        var username = open.username().orElse(answer.username());
        var account = new NewAccount(
                username,
                answer.password(),
                open.displayName(),
                open.fhirUser().orElse(null),
                Roles.ofCodes(open.roles()));
        if (!accounts.createIfAbsent(account)) {
            return Used.NAME_TAKEN;
        }
        ledger.database()
                .sql("DELETE FROM invitation WHERE code_hash = ?")
                .param(secrets.codeHash(answer.code()))
                .update();
        ledger.done(
                Kind.ACCOUNT_CREATED,
                agent,
                username,
                "by invitation, " + open.roles()
                        + open.fhirUser().map(reference -> ", " + reference).orElse(""));
        return Used.DONE;
    }

    /** Locks the invitation, so that tries at the same time are counted one after the other. */
    private Optional<Open> match(Answer answer) {
        var hash = secrets.codeHash(answer.code());
        var locked = ledger.database()
                .sql("SELECT birth_date_hash, username, display_name, fhir_user, roles FROM invitation"
                        + " WHERE code_hash = ? AND expires_at > now() AND tries_left > 0 FOR UPDATE")
                .param(hash)
                .query((row, number) -> new Locked(
                        Optional.ofNullable(row.getBytes(1)),
                        new Open(
                                Optional.ofNullable(row.getString(2)),
                                row.getString(3),
                                Optional.ofNullable(row.getString(4)),
                                row.getString(5))))
                .optional();
        if (locked.isPresent() && !knows(locked.get(), hash, answer)) {
            ledger.database()
                    .sql("UPDATE invitation SET tries_left = tries_left - 1 WHERE code_hash = ?")
                    .param(hash)
                    .update();
            return Optional.empty();
        }
        return locked.map(Locked::open);
    }

    private boolean knows(Locked locked, String codeHash, Answer answer) {
        return locked.birthDateHash()
                .map(stored -> answer.birthDate()
                        .filter(date -> secrets.isBirthDate(stored, codeHash, date))
                        .isPresent())
                .orElse(true);
    }

    private record Locked(Optional<byte[]> birthDateHash, Open open) {}
}
