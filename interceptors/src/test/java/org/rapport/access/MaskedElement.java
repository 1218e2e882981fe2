package org.rapport.access;

import ca.uhn.fhir.context.BaseRuntimeChildDefinition;
import ca.uhn.fhir.context.FhirContext;
import java.util.Arrays;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Address;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.ContactPoint;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.rapport.access.Caller.Role;

/** One element of one type that one role does not see. */
record MaskedElement(Role role, String type, String element) {

    /** What a value holds that must not be seen; dates hold a day of their own. */
    static final String SECRET = "canary";

    static final String SECRET_DAY = "1971-05-04";

    private static final FhirContext FHIR = FhirContext.forR4Cached();

    static Stream<MaskedElement> all() {
        return Arrays.stream(Role.values())
                .flatMap(role -> Masks.typesOf(role).stream()
                        .sorted()
                        .flatMap(type -> Masks.of(role, type).stream()
                                .sorted()
                                .map(element -> new MaskedElement(role, type, element))));
    }

    /** The name in JSON, where a value has its type in it. */
    String jsonName() {
        return definition().getValidChildNames().iterator().next();
    }

    /** A resource that says this and nothing else. */
    DomainResource resource() {
        var resource = (DomainResource) FHIR.getResourceDefinition(type).newInstance();
        resource.setId(type + "/1");
        definition().getMutator().addValue(resource, value());
        return resource;
    }

    private BaseRuntimeChildDefinition definition() {
        return FHIR.getResourceDefinition(type).getChildren().stream()
                .filter(child -> child.getElementName().replace("[x]", "").equals(element))
                .findFirst()
                .orElseThrow(() -> new AssertionError(type + " has no " + element));
    }

    private Base value() {
        var kind = definition().getChildByName(jsonName()).getImplementingClass();
        return Stream.of(
                        new CodeableConcept().setText(SECRET),
                        new Reference("Condition/" + SECRET).setDisplay(SECRET),
                        new StringType(SECRET),
                        new DateType(SECRET_DAY),
                        new Address().setCity(SECRET),
                        new ContactPoint()
                                .setSystem(ContactPoint.ContactPointSystem.EMAIL)
                                .setValue(SECRET))
                .filter(kind::isInstance)
                .findFirst()
                .orElseThrow(() -> new AssertionError("Add a value of " + kind + " here"));
    }
}
