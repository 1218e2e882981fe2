package org.rapport.consent;

import java.time.ZoneId;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/**
 * An active privacy consent.
 *
 * @param reference with its version, such as {@code Consent/1/_history/2}
 * @param patient logical id of the patient it names
 * @param origin what it may replace
 * @param form how it is to be read
 * @param root its root provision; without a base its effect is to deny
 */
public record RecordedConsent(String reference, String patient, Origin origin, Form form, Rule root) {

    /**
     * What tells one consent from an older one.
     *
     * @param organizations references of the organizations that hold it
     * @param policies URIs of the policies it is given under, without versions: a newer text is of the same policy
     * @param dated when it was given
     */
    public record Origin(Set<String> organizations, Set<String> policies, Optional<Span> dated) {

        /** Keeps its own copies. */
        public Origin {
            organizations = Set.copyOf(organizations);
            policies = Set.copyOf(policies);
        }

        /** A consent that does not say under what it was given replaces none and is replaced by none. */
        private boolean replaces(Origin older, ZoneId zone) {
            return !organizations.isEmpty()
                    && !policies.isEmpty()
                    && organizations.equals(older.organizations)
                    && policies.equals(older.policies)
                    && dated.isPresent()
                    && older.dated.isPresent()
                    && dated.get().isAfter(older.dated.get(), zone);
        }
    }

    /** How a consent is to be read. */
    public enum Form {
        /** Plain FHIR R4. */
        R4,
        /** Declares a profile of IHE Privacy Consent on FHIR. */
        PCF,
        /** Says neither by type nor by policy rule what it starts from. */
        WITHOUT_BASE
    }

    boolean inForce(Use use) {
        return root.conditions().period().isEmpty()
                || root.conditions()
                        .period()
                        .get()
                        .contains(use.now(), use.house().zone());
    }

    boolean replacedByAny(Collection<RecordedConsent> others, ZoneId zone) {
        return others.stream().anyMatch(other -> other.origin.replaces(origin, zone));
    }
}
