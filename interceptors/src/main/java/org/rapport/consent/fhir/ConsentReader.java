package org.rapport.consent.fhir;

import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.Consent.ProvisionComponent;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Resource;
import org.rapport.consent.Effect;
import org.rapport.consent.RecordedConsent;
import org.rapport.consent.RecordedConsent.Form;
import org.rapport.consent.RecordedConsent.Origin;
import org.rapport.consent.Rule;
import org.rapport.policy.PolicyName;

/**
 * Reads consents, be they plain FHIR R4 or IHE Privacy Consent on FHIR. What it does not understand it marks, so that it
 * counts against the use.
 *
 * @see <a href="https://hl7.org/fhir/R4/consent.html">FHIR R4 Consent</a>
 * @see <a href="https://profiles.ihe.net/ITI/PCF/">IHE Privacy Consent on FHIR</a>
 */
public final class ConsentReader {

    private static final String PCF_PROFILES = "https://profiles.ihe.net/ITI/PCF/StructureDefinition/";

    private final LocalReferences references;
    private final ConditionReader conditions;

    /**
     * @param references tells which references are ours
     * @param stored finds a resource by its relative reference
     */
    public ConsentReader(LocalReferences references, Function<String, Optional<Resource>> stored) {
        this.references = references;
        this.conditions = new ConditionReader(references, stored);
    }

    /** The consent; empty when it is not active, about something else than privacy, or of a patient who is not ours. */
    public Optional<RecordedConsent> read(Consent consent) {
        boolean counts = consent.getStatus() == ConsentState.ACTIVE && isAboutPrivacy(consent);
        return counts
                ? references.of(consent.getPatient()).flatMap(patient -> read(consent, patient))
                : Optional.empty();
    }

    private static boolean isAboutPrivacy(Consent consent) {
        return consent.getScope().getCoding().stream()
                .anyMatch(scope -> "patient-privacy".equals(scope.getCode())
                        && (!scope.hasSystem() || CodeSystems.SCOPE.equals(scope.getSystem())));
    }

    private Optional<RecordedConsent> read(Consent consent, String patient) {
        var id = consent.getIdElement();
        return Optional.of(new RecordedConsent(
                id.toUnqualified().getValue() == null
                        ? "Consent"
                        : id.toUnqualified().getValue(),
                new IdType(patient).getIdPart(),
                origin(consent),
                form(consent),
                root(consent)));
    }

    private Origin origin(Consent consent) {
        return new Origin(
                consent.getOrganization().stream()
                        .map(references::of)
                        .flatMap(Optional::stream)
                        .collect(Collectors.toUnmodifiableSet()),
                consent.getPolicy().stream()
                        .flatMap(policy -> Stream.ofNullable(policy.getUri()))
                        .map(uri -> PolicyName.of(uri).uri())
                        .collect(Collectors.toUnmodifiableSet()),
                Spans.of(consent.getDateTimeElement()));
    }

    private static Form form(Consent consent) {
        if (base(consent).isEmpty()) {
            return Form.WITHOUT_BASE;
        }
        return consent.getMeta().getProfile().stream()
                        .anyMatch(profile ->
                                profile.hasValue() && profile.getValue().startsWith(PCF_PROFILES))
                ? Form.PCF
                : Form.R4;
    }

    /** PCF says it by the type of the root; R4 has no type there and says it by the policy rule. */
    private static Optional<Effect> base(Consent consent) {
        return effect(consent.getProvision())
                .or(() -> consent.getPolicyRule().getCoding().stream()
                        .filter(coding -> CodeSystems.ACT_CODE.equals(coding.getSystem()))
                        .map(ConsentReader::byPolicy)
                        .flatMap(Optional::stream)
                        .reduce((one, other) -> one == other ? one : Effect.DENY));
    }

    private static Optional<Effect> byPolicy(Coding policy) {
        if (policy.hasCode() && policy.getCode().startsWith("OPTIN")) {
            return Optional.of(Effect.PERMIT);
        }
        return policy.hasCode() && policy.getCode().startsWith("OPTOUT") ? Optional.of(Effect.DENY) : Optional.empty();
    }

    private static Optional<Effect> effect(ProvisionComponent provision) {
        return Optional.ofNullable(provision.getType())
                .map(type -> type == ConsentProvisionType.PERMIT ? Effect.PERMIT : Effect.DENY);
    }

    private Rule root(Consent consent) {
        boolean understood = !consent.hasModifierExtension() && !consent.hasImplicitRules();
        return rule(consent.getProvision(), base(consent).orElse(Effect.DENY), understood);
    }

    /** A nested rule has to say what it does; one that does not counts as a denial. */
    private Rule rule(ProvisionComponent provision, Effect effect, boolean understood) {
        return new Rule(
                effect,
                understood && !provision.hasModifierExtension(),
                conditions.read(provision),
                provision.getProvision().stream()
                        .map(nested -> rule(nested, effect(nested).orElse(Effect.DENY), true))
                        .toList());
    }
}
