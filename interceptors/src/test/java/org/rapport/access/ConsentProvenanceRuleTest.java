package org.rapport.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConsentProvenanceRuleTest {

    private static final Map<String, Resource> STORED = Map.of(
            "Consent/c/_history/1", consent("Consent/c/_history/1"),
            "Consent/c/_history/2", consent("Consent/c/_history/2"),
            "Consent/c", consent("Consent/c/_history/2"));

    private final ConsentProvenanceRule rule = new ConsentProvenanceRule(
            new PublicOrigin("https://here.example"), id -> Optional.ofNullable(STORED.get(id.getValue())));

    private static Resource consent(String id) {
        var consent = new Consent();
        consent.setId(id);
        return consent;
    }

    private static Provenance about(String target, String entity) {
        var provenance = new Provenance().addTarget(new Reference(target));
        provenance.addEntity().setWhat(new Reference(entity));
        return provenance;
    }

    @ParameterizedTest(name = "of {0} from {1}, while version {2} may be read: {3}")
    @CsvSource({
        "Consent/c/_history/2,    Consent/c/_history/1,    *, true",
        "Consent/c/_history/2,    Consent/c/_history/1,    2, false",
        "Consent/c/_history/2,    Consent/c/_history/1,    1, false",
        "Consent/c/_history/1,    Observation/o,           1, true",
        "Consent/c,               Observation/o,           1, false",
        "https://here.example/fhir/Consent/c/_history/1, Observation/o, 2, false",
        "https://else.example/fhir/Consent/c/_history/1, Observation/o, 2, true",
        "Consent/gone/_history/1, Observation/o,           *, false",
        "Observation/o,           Consent/c/_history/1,    2, false",
        "Observation/o,           Patient/alice,           -, true",
    })
    void isOpenToWhoMayReadEachVersion(String target, String entity, String readable, boolean open) {
        assertThat(rule.isOpen(
                        about(target, entity),
                        consent -> readable.equals("*")
                                || readable.equals(consent.getIdElement().getVersionIdPart())))
                .isEqualTo(open);
    }

    @Test
    void hidesNothingElse() {
        var observation = new Observation().addFocus(new Reference("Consent/c/_history/1"));
        assertThat(rule.isOpen(observation, consent -> false)).isTrue();
        assertThat(ConsentProvenanceRule.is(observation)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Consent/c", "Consent/c/_history/1", "https://else.example/fhir/Consent/c"})
    void isWhatNamesAConsentAsTarget(String target) {
        assertThat(ConsentProvenanceRule.is(about(target, "Observation/o"))).isTrue();
        assertThat(ConsentProvenanceRule.is(about("Observation/o", target))).isFalse();
        assertThat(ConsentProvenanceRule.is(new Provenance().addTarget(new Reference().setType("Consent"))))
                .isTrue();
    }

    @Test
    void isNeededWhileTheConsentIsThere() {
        assertThat(rule.isNeeded(about("Consent/c/_history/1", "Observation/o")))
                .isTrue();
        assertThat(rule.isNeeded(about("Consent/gone/_history/1", "Observation/o")))
                .isFalse();
    }
}
