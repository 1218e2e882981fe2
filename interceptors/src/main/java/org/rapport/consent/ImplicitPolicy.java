package org.rapport.consent;

import java.util.Arrays;
import java.util.Optional;

/**
 * What is allowed where no consent decides.
 *
 * @see <a href="https://profiles.ihe.net/ITI/PCF/volume-1.html">IHE Privacy Consent on FHIR, 53.2.1</a>
 */
public enum ImplicitPolicy {
    /** Clinicians for treatment. */
    BASIC_NORMAL("Policy-basic-normal"),
    /** Whatever the access rules allow. */
    ALL_NORMAL("Policy-all-normal"),
    /** Clinicians who break the glass. */
    BREAK_GLASS_ONLY("Policy-break-glass-only"),
    /** Nothing. */
    DENY("Policy-deny");

    private static final String PCF = "https://profiles.ihe.net/ITI/PCF/";

    private final String uri;

    ImplicitPolicy(String name) {
        this.uri = PCF + name;
    }

    /** The canonical URI. */
    public String uri() {
        return uri;
    }

    /** The policy with that URI, or with that name at its end. */
    public static Optional<ImplicitPolicy> of(String text) {
        return Arrays.stream(values())
                .filter(policy -> policy.uri.equals(text) || policy.uri.equals(PCF + text))
                .findFirst();
    }

    /** Whether it allows a use. Who treats the patient writes into the record under each of them. */
    boolean allows(Use use) {
        if (use.action() != Use.Action.ACCESS) {
            return use.who().treats();
        }
        return switch (this) {
            case BASIC_NORMAL -> use.who().treats() && (use.isEmergency() || use.isFor("TREAT"));
            case ALL_NORMAL -> true;
            case BREAK_GLASS_ONLY -> use.who().treats() && use.isEmergency();
            case DENY -> false;
        };
    }
}
