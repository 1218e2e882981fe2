package org.rapport.consent;

import java.util.Optional;
import java.util.Set;

/**
 * The data that a rule is about; each element that is stated must be met.
 *
 * @param labels codes of v3-Confidentiality, or of v3-ActCode for sensitivities
 * @param types resource types, from {@code provision.class}
 * @param codes codes of which the resource holds one
 * @param period when the data was made or applies
 * @param parts single resources, and what belongs to them
 */
public record DataScope(
        Choice<String> labels, Choice<String> types, Choice<Code> codes, Optional<Span> period, Choice<Part> parts) {

    /** Everything. */
    public static final DataScope ALL =
            new DataScope(Choice.unstated(), Choice.unstated(), Choice.unstated(), Optional.empty(), Choice.unstated());

    boolean stated() {
        return labels.stated() || types.stated() || codes.stated() || period.isPresent() || parts.stated();
    }

    /** A code in its system. */
    public record Code(String system, String code) {}

    /**
     * A resource, and what belongs to it.
     *
     * @param meaning what belongs to it
     * @param reference relative, such as {@code Encounter/1}
     * @param version the only one it is about; empty for all
     * @param refersTo what the resource refers to; empty when the resource was not found
     * @see <a href="https://hl7.org/fhir/R4/valueset-consent-data-meaning.html">ConsentDataMeaning</a>
     */
    public record Part(Meaning meaning, String reference, Optional<String> version, Optional<Set<String>> refersTo) {}

    /** What belongs to a resource. */
    public enum Meaning {
        /** Nothing but itself. */
        INSTANCE,
        /** In R4 what it refers to; in IHE PCF what was made in it. */
        RELATED,
        /** What refers to it. */
        DEPENDENTS,
        /** What the person or organization wrote. */
        AUTHORED_BY
    }
}
