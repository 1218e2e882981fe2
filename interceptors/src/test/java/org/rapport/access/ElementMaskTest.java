package org.rapport.access;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Account;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.RelatedPerson;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Slot;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rapport.ig.GuideExtension;

class ElementMaskTest {

    private static final Set<String> REASONS = Set.of("reasonCode", "reasonReference");

    private final ElementMask mask =
            new ElementMask(new Desk(Map.of("RelatedPerson", Set.of("birthDate")), Set.of("Slot", "RelatedPerson")));

    private record Desk(Map<String, Set<String>> masked, Set<String> open) implements ElementMask.Hidden {

        @Override
        public Set<String> of(String type) {
            return masked.getOrDefault(type, Set.of());
        }

        @Override
        public boolean isOpen(String type) {
            return open.contains(type);
        }
    }

    static Stream<MaskedElement> masks() {
        return MaskedElement.all();
    }

    @ParameterizedTest
    @MethodSource("masks")
    void leavesNothingOfAnElement(MaskedElement masked) {
        var whole = masked.resource();
        whole.getText().setDivAsString("<div>" + MaskedElement.SECRET + "</div>");
        whole.addExtension("urn:copy", new StringType(MaskedElement.SECRET));
        whole.addModifierExtension().setUrl("urn:copy").setValue(new StringType(MaskedElement.SECRET));
        var before = json(whole);
        assertThat(json(mask.without(Masks.of(masked.role(), masked.type()), whole)))
                .doesNotContain(MaskedElement.SECRET, MaskedElement.SECRET_DAY, masked.element())
                .contains("\"id\":\"1\"");
        assertThat(json(whole)).as("what is stored").isEqualTo(before);
    }

    @Test
    void marksWhatIsLeft() {
        var part = mask.without(REASONS, visit());
        assertThat(part.getMeta().getTag(ElementMask.MARKS, "SUBSETTED")).isNotNull();
        assertThat(part.getMeta().getSecurity(ElementMask.MARKS, "REDACTED")).isNotNull();
        assertThat(json(part)).isEqualTo(json(mask.without(REASONS, part)));
    }

    /** Otherwise the marks would tell that there is something to be masked. */
    @Test
    void marksWhatHasNothingToMaskTheSame() {
        assertThat(json(mask.without(REASONS, new Appointment())))
                .isEqualTo(json(
                        mask.without(REASONS, new Appointment().addReasonCode(new CodeableConcept().setText("why")))));
    }

    @Test
    void leavesTheVersionAndTheRest() {
        var visit = visit();
        visit.setId("Appointment/1/_history/7");
        visit.getMeta().setVersionId("7");
        visit.addExtension(GuideExtension.HOLD_EXPIRES.canonical(), new StringType("soon"));
        var part = (Appointment) mask.without(REASONS, visit);
        assertThat(part.getIdElement().getVersionIdPart()).isEqualTo("7");
        assertThat(part.getDescription()).isEqualTo("Visit");
        assertThat(part.getExtension()).hasSize(1);
    }

    @Test
    void givesBackWhatIsNotMasked() {
        var visit = visit();
        assertThat(mask.without(Set.of(), visit)).isSameAs(visit);
    }

    @Test
    void takesOutAValueOfAnyType() {
        var observation = new Observation().setValue(new Quantity(7));
        assertThat(((Observation) mask.without(Set.of("value"), observation)).hasValue())
                .isFalse();
        assertThat(ElementMask.isContent("Observation", "valueQuantity", Set.of("value")))
                .isFalse();
    }

    @Test
    void keepsOnlyContainedResourcesThatSomethingShownLeadsTo() {
        var visit = visit();
        visit.addContained(named(new Condition().setCode(new CodeableConcept().setText("canary")), "why"));
        visit.addReasonReference(new Reference("#why"));
        visit.addContained(named(new Slot(), "time"));
        visit.addSlot(new Reference("#time"));
        visit.addContained(named(new Slot(), "alone"));
        visit.addParticipant().setActor(new Reference("#why").setDisplay("canary"));
        var part = (Appointment) mask.without(REASONS, reread(visit));
        assertThat(json(part)).doesNotContain("canary", "why", "alone");
        assertThat(part.getContained()).hasSize(1);
        assertThat(json(part)).contains("\"reference\":\"#time\"");
    }

    @Test
    void masksWhatAnotherResourceContains() {
        var account = new Account().setDescription("Account");
        account.addContained(named(new RelatedPerson().setBirthDateElement(new DateType("1971-05-04")), "mother"));
        account.addGuarantor().setParty(new Reference("#mother"));
        account.getText().setDivAsString("<div>1971-05-04</div>");
        var part = mask.without(Set.of(), reread(account));
        assertThat(json(part)).doesNotContain("1971-05-04").contains("#mother", "Account", "REDACTED");
    }

    private static Appointment visit() {
        return new Appointment().setDescription("Visit").addReasonCode(new CodeableConcept().setText("why"));
    }

    private static Resource named(Resource resource, String id) {
        resource.setId(id);
        return resource;
    }

    private static Resource reread(Resource resource) {
        return (Resource) FhirContext.forR4Cached().newJsonParser().parseResource(json(resource));
    }

    private static String json(Resource resource) {
        return FhirContext.forR4Cached().newJsonParser().encodeResourceToString(resource);
    }
}
