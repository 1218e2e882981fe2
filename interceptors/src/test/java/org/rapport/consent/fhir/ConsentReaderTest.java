package org.rapport.consent.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rapport.consent.fhir.TestConsents.action;
import static org.rapport.consent.fhir.TestConsents.actor;
import static org.rapport.consent.fhir.TestConsents.always;
import static org.rapport.consent.fhir.TestConsents.code;
import static org.rapport.consent.fhir.TestConsents.deny;
import static org.rapport.consent.fhir.TestConsents.exceptDeny;
import static org.rapport.consent.fhir.TestConsents.exceptPermit;
import static org.rapport.consent.fhir.TestConsents.label;
import static org.rapport.consent.fhir.TestConsents.permit;
import static org.rapport.consent.fhir.TestConsents.purpose;
import static org.rapport.consent.fhir.TestUses.DR_A;
import static org.rapport.consent.fhir.TestUses.o1;
import static org.rapport.consent.fhir.TestUses.o2;
import static org.rapport.consent.fhir.TestUses.o5;
import static org.rapport.consent.fhir.TestUses.treatment;

import java.util.List;
import java.util.function.Consumer;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.Consent.ProvisionComponent;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.rapport.consent.ConsentRules;
import org.rapport.consent.ProtectedResource;
import org.rapport.consent.Use;

class ConsentReaderTest {

    private static final Extension MODIFIER = new Extension("http://somewhere/only-on-tuesdays", new StringType("x"));

    @Test
    void readsTimesAndProfilesAsFhirWritesThem() {
        var leap = permit(always());
        leap.setDateTimeElement(new DateTimeType("2016-12-31T23:59:60Z"));
        var fine = permit(always());
        fine.setDateTimeElement(new DateTimeType("2026-01-01T00:00:00.1234567890123+01:00"));
        var nameless = permit(always());
        nameless.getMeta().addProfile(null);
        assertThat(List.of(leap, fine, nameless)).allMatch(ConsentReaderTest::permits);
    }

    @Nested
    class TakesAsUnknown {

        @Test
        void aConsentWithAModifier() {
            var consent = permit(always());
            consent.addModifierExtension(MODIFIER);
            assertThat(permits(consent)).isFalse();
        }

        @Test
        void aConsentUnderImplicitRules() {
            assertThat(permits((Consent) permit(always()).setImplicitRules("http://somewhere/rules")))
                    .isFalse();
        }

        @Test
        void aRuleWithAModifierAndItsExceptions() {
            Consumer<ProvisionComponent> modified = provision -> provision.addModifierExtension(MODIFIER);
            assertThat(permits(permit(exceptDeny(purpose("HRESCH").andThen(modified)))))
                    .isFalse();
            assertThat(permits(deny(exceptPermit(modified)))).isFalse();
            assertThat(permits(deny(exceptPermit(modified.andThen(exceptPermit(always()))))))
                    .isFalse();
        }

        @Test
        void anActorAndADataReferenceWithAModifier() {
            var actor = permit(exceptDeny(actor("Practitioner/dr-b")
                    .andThen(provision -> provision.getActorFirstRep().addModifierExtension(MODIFIER))));
            var data = permit(exceptDeny(TestConsents.data(Consent.ConsentDataMeaning.INSTANCE, "Observation/other")
                    .andThen(provision -> provision.getDataFirstRep().addModifierExtension(MODIFIER))));
            assertThat(permits(actor)).isFalse();
            assertThat(permits(data)).isFalse();
        }

        @Test
        void codesOfSystemsItDoesNotKnow() {
            List<Consumer<ProvisionComponent>> unknown = List.of(
                    provision -> provision.addPurpose(new Coding("http://somewhere", "TREAT", null)),
                    provision -> provision.addSecurityLabel(new Coding("http://somewhere", "N", null)),
                    provision -> provision.addClass_(new Coding("urn:ietf:bcp:13", "application/pdf", null)),
                    code("http://somewhere", "1"),
                    provision -> provision.addCode().setText("whatever it is"),
                    provision -> provision.addAction().setText("glance at it"));
            for (var condition : unknown) {
                assertThat(permits(permit(exceptDeny(condition)))).isFalse();
                assertThat(permits(permit(condition))).isFalse();
            }
        }

        @Test
        void anActorThatGivesTheDataInsteadOfReceivingIt() {
            Consumer<ProvisionComponent> custodian = provision -> provision
                    .addActor()
                    .setReference(new Reference("Organization/h1"))
                    .getRole()
                    .addCoding(new Coding(CodeSystems.PARTICIPATION, "CST", null));
            assertThat(permits(permit(custodian))).isFalse();
            assertThat(permits(permit(exceptDeny(custodian)))).isFalse();
        }

        @Test
        void aNestedRuleThatDoesNotSayWhatItDoes() {
            assertThat(permits(permit(ProvisionComponent::addProvision))).isFalse();
        }
    }

    @Test
    void leavesOutWhatIsNotActiveOrNotAboutPrivacy() {
        var reader = TestUses.consents();
        assertThat(reader.read(deny(always()).setStatus(ConsentState.INACTIVE))).isEmpty();
        assertThat(reader.read(deny(always()).setStatus(ConsentState.DRAFT))).isEmpty();
        var research = deny(always());
        research.getScope().getCodingFirstRep().setCode("research");
        assertThat(reader.read(research)).isEmpty();
        assertThat(reader.read(deny(always()))).isPresent();
    }

    @Test
    void readsReferencesToThisServerInFull() {
        assertThat(permits(permit(actor("http://127.0.0.1/fhir/Practitioner/dr-a"))))
                .isTrue();
        assertThat(permits(permit(actor("Practitioner/dr-a/_history/2")))).isTrue();
    }

    @Test
    void readsTheActionsOfR4() {
        assertThat(permits(permit(action("access")))).isTrue();
        assertThat(permits(permit(action("disclose")))).isTrue();
        assertThat(permits(permit(action("correct")))).isFalse();
        assertThat(permits(deny(action("collect")))).isTrue();
    }

    @Test
    void takesWhatTheLabellingHasNotSeenForAnySensitivity() {
        var consent = permit(exceptDeny(label("PSY")));
        assertThat(permits(o1(), consent)).isTrue();
        assertThat(permits(o2(), consent)).isFalse();
        assertThat(permits(o5(), consent)).isFalse();
        assertThat(permits(o5(), permit(label("R")))).isTrue();
    }

    @Test
    void comparesClinicalCodes() {
        var coded = TestUses.observation("o9", "2023", "dr-a");
        coded.getCode().addCoding(new Coding("http://loinc.org", "75622-1", null));
        var consent = permit(exceptDeny(code("http://loinc.org", "75622-1")));
        assertThat(permits(TestUses.ofAlice(coded), consent)).isFalse();
        assertThat(permits(o1(), consent)).isTrue();
    }

    private static boolean permits(Consent consent) {
        return permits(o1(), consent);
    }

    private static boolean permits(ProtectedResource resource, Consent consent) {
        Use use = treatment(DR_A);
        return ConsentRules.decide(
                        use,
                        resource,
                        TestUses.consents().read(consent).stream().toList())
                .permitted();
    }
}
