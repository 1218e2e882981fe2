package org.rapport.consent;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Set;
import org.rapport.access.Caller;

/**
 * What somebody wants to do with a resource.
 *
 * @param who the recipient, or the writer
 * @param purpose code of v3-ActReason
 * @param action what is done
 * @param now the present
 * @param house what the organization has laid down
 */
public record Use(Recipient who, String purpose, Action action, Instant now, House house) {

    /**
     * Who it is.
     *
     * @param references relative references of all that the recipient is or is a member of: the practitioner, roles,
     *     organizations, groups, care teams
     * @param treats whether it is a clinician, or somebody who cares with them
     * @param ownRecords logical ids of the patients that the recipient is or may act for, whose consent is not asked
     * @param withheld labels that a law closes to this recipient
     */
    public record Recipient(Set<String> references, boolean treats, Set<String> ownRecords, Set<String> withheld) {

        /** Keeps its own copies. */
        public Recipient {
            references = Set.copyOf(references);
            ownRecords = Set.copyOf(ownRecords);
            withheld = Set.copyOf(withheld);
        }
    }

    /** What is done to the data. */
    public enum Action {
        /** It is read. */
        ACCESS,
        /** It is put into the record. */
        COLLECT,
        /** It is changed there. */
        CORRECT
    }

    /**
     * What an organization lays down for its patients.
     *
     * @param implicit stands in where no consent decides
     * @param zone in which dates of consents begin and end
     */
    public record House(ImplicitPolicy implicit, ZoneId zone) {}

    boolean isEmergency() {
        return Caller.EMERGENCY.contains(purpose);
    }

    boolean isFor(String named) {
        return named.equals(purpose) || (isEmergency() && Caller.EMERGENCY.contains(named));
    }
}
