package org.rapport.consent;

import java.util.List;
import java.util.Optional;

/**
 * A provision of a consent.
 *
 * @param effect what it does
 * @param understood whether we know all that it says; a modifier extension hides its meaning and that of its exceptions
 * @param conditions which uses it is about, as far as it states them; it shares the rest with the rule it is an exception to
 * @param exceptions nested provisions
 * @see <a href="https://hl7.org/fhir/R4/consent.html">FHIR R4 Consent</a>
 */
public record Rule(Effect effect, boolean understood, Conditions conditions, List<Rule> exceptions) {

    /** Keeps its own copy of the exceptions. */
    public Rule {
        exceptions = List.copyOf(exceptions);
    }

    /**
     * What a use must fulfil, in five groups; what is not stated does not restrict.
     *
     * @param actors references of recipients
     * @param purposes codes of v3-ActReason
     * @param actions what is done
     * @param period when the rule is valid
     * @param data what it is about
     */
    public record Conditions(
            Choice<String> actors,
            Choice<String> purposes,
            Choice<Use.Action> actions,
            Optional<Span> period,
            DataScope data) {

        /** States nothing. */
        public static final Conditions NONE = new Conditions(
                Choice.unstated(), Choice.unstated(), Choice.unstated(), Optional.empty(), DataScope.ALL);

        /** These conditions, with those of an outer rule in each group that these do not state. */
        Conditions within(Conditions outer) {
            return new Conditions(
                    actors.stated() ? actors : outer.actors,
                    purposes.stated() ? purposes : outer.purposes,
                    actions.stated() ? actions : outer.actions,
                    period.or(outer::period),
                    data.stated() ? data : outer.data);
        }
    }
}
