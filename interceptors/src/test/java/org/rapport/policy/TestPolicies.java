package org.rapport.policy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.Reference;
import org.rapport.policy.PublishedVersion.Wording;

/** A policy with two versions, and a Consent under it. */
public final class TestPolicies {

    /** The policy. */
    public static final String URI = "https://house.example/privacy";

    /** When its second version came into force. */
    public static final Instant SECOND = Instant.parse("2026-06-01T00:00:00Z");

    private TestPolicies() {}

    /** Version 1 of 2026, and version 2 since {@link #SECOND}. */
    public static PolicyHistory history() {
        return new PolicyHistory(List.of(
                version("1", Instant.parse("2026-01-01T00:00:00Z"), "de", "en"), version("2", SECOND, "de", "en")));
    }

    /** A version with texts in some languages. */
    public static PublishedVersion version(String name, Instant effective, String... languages) {
        return new PublishedVersion(
                new PolicyName(URI, Optional.of(name)),
                effective,
                Stream.of(languages)
                        .map(language -> new Wording(language, "Privacy", language + name))
                        .toList());
    }

    /** A draft without fault. */
    public static PolicyDraft draft(String version, String... textsByLanguage) {
        return new PolicyDraft(
                URI,
                version,
                Optional.empty(),
                Stream.of(textsByLanguage)
                        .map(text -> new PolicyText(text.substring(0, 2), "Privacy", "text/markdown", text))
                        .toList());
    }

    /** An active Consent of alice that permits. */
    public static Consent consent(String policy, int version) {
        var consent = new Consent().setStatus(ConsentState.ACTIVE).setPatient(new Reference("Patient/alice"));
        consent.setId("Consent/c/_history/" + version);
        consent.addPolicy().setUri(policy);
        consent.getProvision().setType(ConsentProvisionType.PERMIT);
        return consent;
    }
}
