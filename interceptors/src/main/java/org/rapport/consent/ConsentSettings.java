package org.rapport.consent;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What holds of patients' consents.
 *
 * @param implicitPolicy what is allowed where no consent of the patient decides, one of the policies of IHE Privacy Consent
 *     on FHIR by name or by URI: Policy-basic-normal (who treats the patient, for treatment), Policy-all-normal (whatever
 *     role and relation allow), Policy-break-glass-only (who breaks the glass), Policy-deny (nothing)
 * @param withheld labels of what a law keeps from patients and those who act for them, codes as in {@code meta.security},
 *     such as PSYTHPN for notes of psychotherapy
 */
@Validated
@ConfigurationProperties("rapport.consent")
public record ConsentSettings(
        @NotNull
        @Pattern(
                regexp =
                        "(https://profiles\\.ihe\\.net/ITI/PCF/)?Policy-(basic-normal|all-normal|break-glass-only|deny)",
                message = "must be Policy-basic-normal, Policy-all-normal, Policy-break-glass-only or Policy-deny")
        @DefaultValue("Policy-basic-normal")
        String implicitPolicy,

        @NotNull @DefaultValue Set<String> withheld) {

    /** Keeps its own copy of the labels. */
    public ConsentSettings {
        withheld = Set.copyOf(withheld);
    }

    /** The policy that stands in for a consent. */
    public ImplicitPolicy policy() {
        return ImplicitPolicy.of(implicitPolicy).orElseThrow();
    }
}
