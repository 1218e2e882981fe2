package org.rapport.consent.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ProvisionComponent;
import org.junit.jupiter.api.Test;
import org.rapport.consent.ConsentRules;
import org.rapport.consent.RecordedConsent;

/** The rules against a second evaluator, and against what must hold whatever consents say. */
class TwoEvaluatorsTest {

    private static final int SETS_OF_CONSENTS = 20_000;
    private static final int REQUESTS = 5;

    /** Another one each time, so that each build looks at other cases; set it to repeat a failure. */
    private static final long SEED = Long.getLong("rapport.test.seed", new Random().nextLong());

    private static final FhirContext FHIR = FhirContext.forR4Cached();

    @Test
    void agreeOnRandomCases() {
        var cases = new RandomCases(SEED);
        int permitted = 0;
        for (int set = 0; set < SETS_OF_CONSENTS; set++) {
            var consents = cases.consents();
            var read = read(consents);
            for (int request = 0; request < REQUESTS; request++) {
                var sample = cases.sample();
                boolean decided = permits(sample, read);
                if (decided != TableEvaluator.permits(sample, consents)) {
                    throw new AssertionError(describe(sample, consents) + "\nrules say " + decided);
                }
                permitted += decided ? 1 : 0;
            }
        }
        assertThat(permitted).isBetween(SETS_OF_CONSENTS * REQUESTS / 10, SETS_OF_CONSENTS * REQUESTS * 9 / 10);
    }

    @Test
    void addingADenyRuleNeverAddsAPermit() {
        var cases = new RandomCases(SEED);
        for (int set = 0; set < SETS_OF_CONSENTS / 10; set++) {
            var consents = cases.consents();
            var stricter = consents.stream().map(Consent::copy).toList();
            var added = cases.consents();
            if (consents.isEmpty() || added.isEmpty()) {
                continue;
            }
            var rule = added.get(0).getProvision().setType(ConsentProvisionType.DENY);
            rule.getProvision().clear();
            anyRule(cases, stricter.get(0)).addProvision(rule);
            assertStricter(cases, consents, stricter);
        }
    }

    @Test
    void addingAConsentThatDeniesNeverAddsAPermit() {
        var cases = new RandomCases(SEED);
        for (int set = 0; set < SETS_OF_CONSENTS / 10; set++) {
            var consents = cases.consents();
            var denial = TestConsents.deny(TestConsents.always());
            denial.setId("Consent/denial");
            var stricter = new ArrayList<>(consents);
            stricter.add(denial);
            assertStricter(cases, consents, stricter);
        }
    }

    @Test
    void removingAPermitRuleNeverAddsAPermit() {
        var cases = new RandomCases(SEED);
        for (int set = 0; set < SETS_OF_CONSENTS / 10; set++) {
            var consents = cases.consents();
            var stricter = consents.stream().map(Consent::copy).toList();
            stricter.forEach(consent -> removeAPermit(consent.getProvision()));
            assertStricter(cases, consents, stricter);
        }
    }

    @Test
    void orderDoesNotMatter() {
        var cases = new RandomCases(SEED);
        for (int set = 0; set < SETS_OF_CONSENTS / 10; set++) {
            var consents = cases.consents();
            var reversed = new ArrayList<>(consents.stream().map(Consent::copy).toList());
            Collections.reverse(reversed);
            reversed.forEach(consent -> reverse(consent.getProvision()));
            for (int request = 0; request < REQUESTS; request++) {
                var sample = cases.sample();
                assertThat(permits(sample, read(reversed)))
                        .as(() -> describe(sample, consents))
                        .isEqualTo(permits(sample, read(consents)));
            }
        }
    }

    private static void assertStricter(RandomCases cases, List<Consent> consents, List<Consent> stricter) {
        for (int request = 0; request < REQUESTS; request++) {
            var sample = cases.sample();
            if (permits(sample, read(stricter))) {
                assertThat(permits(sample, read(consents)))
                        .as(() -> describe(sample, consents) + "\nstricter\n" + describe(sample, stricter))
                        .isTrue();
            }
        }
    }

    private static ProvisionComponent anyRule(RandomCases cases, Consent consent) {
        var rule = consent.getProvision();
        while (rule.hasProvision() && cases.below(2) == 0) {
            rule = rule.getProvision().get(cases.below(rule.getProvision().size()));
        }
        return rule;
    }

    private static void removeAPermit(ProvisionComponent outer) {
        outer.getProvision().forEach(TwoEvaluatorsTest::removeAPermit);
        outer.getProvision().removeIf(rule -> rule.getType() == ConsentProvisionType.PERMIT && !rule.hasProvision());
    }

    private static void reverse(ProvisionComponent outer) {
        Collections.reverse(outer.getProvision());
        outer.getProvision().forEach(TwoEvaluatorsTest::reverse);
    }

    private static boolean permits(Sample sample, List<RecordedConsent> consents) {
        return ConsentRules.decide(sample.use(), sample.resource(), consents).permitted();
    }

    private static List<RecordedConsent> read(List<Consent> consents) {
        return consents.stream()
                .map(TestUses.consents()::read)
                .flatMap(Optional::stream)
                .toList();
    }

    private static String describe(Sample sample, List<Consent> consents) {
        return "-Drapport.test.seed=" + SEED + "\n" + sample + "\n"
                + consents.stream()
                        .map(FHIR.newJsonParser()::encodeResourceToString)
                        .collect(Collectors.joining("\n"));
    }
}
