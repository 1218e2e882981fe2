package org.rapport.access;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Base;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SearchExpressionTest {

    private static final FhirContext FHIR = FhirContext.forR4Cached();

    @ParameterizedTest(name = "{0} of {2} touches {1}: {3}")
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "Patient.birthDate | Person.birthDate | RelatedPerson.birthDate; birthDate; RelatedPerson; true",
                "Patient.birthDate | Person.birthDate | RelatedPerson.birthDate; birthDate; Patient;       true",
                "Patient.name | RelatedPerson.name;                              birthDate; RelatedPerson; false",
                "Appointment.participant.actor.where(resolve() is Patient);      comment;   Appointment;   false",
                "Practitioner.telecom.where(system='email');                     telecom;   Practitioner;  true",
                "Practitioner.telecom.where(system='email');                     address;   Practitioner;  false",
                "Appointment.where(comment.exists()).status;                     comment;   Appointment;   true",
                "Patient.deceased.exists() and Patient.deceased != false;        birthDate; Patient;       false",
                "(Observation.value as Quantity) | (Observation.value as Range); value;     Observation;   true",
                "Observation.valueQuantity;                                      value;     Observation;   true",
                "(Observation.value as Quantity) | (Observation.value as Range); method;    Observation;   false",
                "Resource.meta.security;                                         comment;   Appointment;   false",
                "Patient.name | birthDate;                                       birthDate; Patient;       true",
            })
    void asksAboutTheElementsThatItTakes(String text, String element, String type, boolean touches) {
        assertThat(new SearchExpression(type, text).touches(Set.of(element))).isEqualTo(touches);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Appointment",
                "Appointment.children()",
                "Appointment.participant | Appointment.descendants()",
                "Appointment.where(status='booked')",
                "Appointment.extension('x').value",
                "Appointment.contained.code",
                "Appointment.text",
                "Appointment.participant.actor.resolve().code",
                "%resource.participant",
                "Appointment.participant.where($this.actor.exists())",
                "Appointment.`status`",
                "Patient.name",
                "status",
                "",
            })
    void asksAboutEverythingWhenItDoesNotSayPlainly(String text) {
        assertThat(new SearchExpression("Appointment", text).touches(Set.of("reasonCode")))
                .isTrue();
    }

    static Stream<MaskedElement> masks() {
        return MaskedElement.all();
    }

    /** Whatever parameter of R4 finds something in a resource that says only what is masked, tells of it. */
    @ParameterizedTest
    @MethodSource("masks")
    void isSeenThroughForEachMask(MaskedElement masked) {
        var resource = masked.resource();
        var search = FHIR.newFhirPath();
        for (var parameter : FHIR.getResourceDefinition(masked.type()).getSearchParams()) {
            boolean finds = parameter.getPathsSplit().stream()
                    .filter(path -> path.contains(masked.type() + "."))
                    .filter(path -> !path.contains("resolve()"))
                    .anyMatch(
                            path -> !search.evaluate(resource, path, Base.class).isEmpty());
            var expression = new SearchExpression(masked.type(), parameter.getPath());
            if (finds) {
                assertThat(expression.touches(Set.of(masked.element())))
                        .as(parameter.getName())
                        .isTrue();
            } else if (parameter.getPath().contains("resolve()")) {
                assertThat(expression.touches(Set.of(masked.element())))
                        .as(parameter.getName())
                        .isEqualTo(parameter.getPath().contains(masked.type() + "." + masked.element()));
            }
        }
    }
}
