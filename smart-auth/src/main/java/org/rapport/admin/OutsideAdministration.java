package org.rapport.admin;

import java.util.List;
import org.rapport.audit.Agent;
import org.rapport.federation.FederationSettings;
import org.rapport.federation.OutsideIdentities;
import org.rapport.federation.OutsideIdentities.Identity;

/**
 * Links identities at outside providers with accounts on behalf of an administrator who knows whose they are; the owner
 * of the account is told, and each act leaves a row in the audit log.
 */
public final class OutsideAdministration {

    private static final int LONGEST_SUBJECT = 255;

    private final FederationSettings settings;
    private final OutsideIdentities identities;

    public OutsideAdministration(FederationSettings settings, OutsideIdentities identities) {
        this.settings = settings;
        this.identities = identities;
    }

    /** What becomes of a link. */
    public enum Outcome {
        DONE,
        /** There is no such provider, or the subject is missing or too long. */
        INCOMPLETE,
        /** The identity opens another account. */
        TAKEN
    }

    /** The names of the providers, in alphabetical order. */
    public List<String> providers() {
        return settings.providers().keySet().stream().sorted().toList();
    }

    /** The identities that open an account. */
    public List<Identity> of(String username) {
        return identities.of(username);
    }

    /** Lets an identity open an account that there is. */
    public Outcome link(Identity identity, String username, Agent by) {
        var subject = identity.subject();
        if (!settings.providers().containsKey(identity.provider())
                || subject.isBlank()
                || subject.length() > LONGEST_SUBJECT) {
            return Outcome.INCOMPLETE;
        }
        return identities.link(identity, username, by) ? Outcome.DONE : Outcome.TAKEN;
    }

    /** Ends the links of an account with a provider, one that is no longer configured too; false when there is none. */
    public boolean unlink(String provider, String username, Agent by) {
        return identities.unlink(provider, username, by);
    }
}
