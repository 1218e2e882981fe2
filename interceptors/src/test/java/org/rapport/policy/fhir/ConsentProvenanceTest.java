package org.rapport.policy.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rapport.policy.TestPolicies.SECOND;
import static org.rapport.policy.TestPolicies.URI;
import static org.rapport.policy.TestPolicies.consent;
import static org.rapport.policy.TestPolicies.version;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Provenance.ProvenanceEntityRole;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.Test;
import org.rapport.ig.GuideExtension;
import org.rapport.policy.ConsentWrite;
import org.rapport.policy.PolicyName;
import org.rapport.policy.SeenPolicy;

class ConsentProvenanceTest {

    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");

    private static Provenance provenance(Optional<Consent> before, Consent after) {
        var second = version("2", SECOND, "de", "en");
        List<SeenPolicy> seen =
                List.of(new SeenPolicy.Text(second, second.texts()), new SeenPolicy.NoText(PolicyName.of("urn:other")));
        var write = new ConsentWrite(before, after, Set.of("alice"));
        return new ConsentProvenance(write, seen, new Reference("Practitioner/dr-x"), NOW).provenance();
    }

    private static List<String> references(List<Reference> references) {
        return references.stream().map(Reference::getReference).toList();
    }

    @Test
    void tellsWhatWasSeenByItsHash() {
        var provenance = provenance(Optional.empty(), consent(URI, 1));
        assertThat(references(provenance.getTarget())).containsExactly("Consent/c/_history/1", "Patient/alice");
        assertThat(provenance.getPolicy())
                .extracting(policy -> policy.getValue())
                .containsExactly(URI + "|2", "urn:other");
        assertThat(provenance.getEntity())
                .allSatisfy(entity -> assertThat(entity.getRole()).isEqualTo(ProvenanceEntityRole.SOURCE))
                .extracting(entity -> entity.getWhat().getIdentifier().getValue())
                .containsExactly("de2", "en2");
        assertThat(provenance.getRecorded().toInstant()).isEqualTo(NOW);
        assertThat(provenance.getActivity().getCodingFirstRep().getCode()).isEqualTo("CREATE");
    }

    @Test
    void tellsWhoWroteItForWhom() {
        var agent = provenance(Optional.empty(), consent(URI, 1)).getAgentFirstRep();
        assertThat(references(List.of(agent.getWho(), agent.getOnBehalfOf())))
                .containsExactly("Practitioner/dr-x", "Patient/alice");
        var byGuardian = consent(URI, 1).addPerformer(new Reference("RelatedPerson/guardian"));
        assertThat(provenance(Optional.empty(), byGuardian)
                        .getAgentFirstRep()
                        .getOnBehalfOf()
                        .getReference())
                .isEqualTo("RelatedPerson/guardian");
    }

    @Test
    void tellsWhichOptionsChanged() {
        var withdrawn = consent(URI, 2).setStatus(ConsentState.INACTIVE);
        var provenance = provenance(Optional.of(consent(URI, 1)), withdrawn);
        assertThat(provenance.getActivity().getCodingFirstRep().getCode()).isEqualTo("UPDATE");
        var revision = provenance.getEntity().get(2);
        assertThat(revision.getRole()).isEqualTo(ProvenanceEntityRole.REVISION);
        assertThat(revision.getWhat().getReference()).isEqualTo("Consent/c/_history/1");
        assertThat(revision.getExtension()).singleElement().satisfies(option -> {
            assertThat(option.getUrl()).isEqualTo(GuideExtension.CONSENT_OPTION.canonical());
            assertThat(option.getExtensionString("path")).isEqualTo("status");
            assertThat(option.getExtensionString("before")).isEqualTo("active");
            assertThat(option.getExtensionString("after")).isEqualTo("inactive");
        });
    }
}
