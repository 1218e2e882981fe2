package org.rapport.mail.hapi;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Patient.PatientCommunicationComponent;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.RelatedPerson;
import org.hl7.fhir.r4.model.RelatedPerson.RelatedPersonCommunicationComponent;
import org.hl7.fhir.r4.model.Resource;
import org.rapport.access.hapi.StoredResources;
import org.rapport.mail.PreferredLanguage;

/**
 * Reads the language from {@code communication} of a Patient, Practitioner or RelatedPerson.
 *
 * @param resources what is stored
 */
record StoredLanguage(StoredResources resources) implements PreferredLanguage {

    @Override
    public Optional<Locale> of(String reference) {
        var id = new IdType(reference);
        return resources.current(id.getResourceType(), id.getIdPart()).flatMap(StoredLanguage::language);
    }

    /** The one that is preferred, else the first that is named. */
    private static Optional<Locale> language(Resource person) {
        return spoken(person)
                .flatMap(concept -> concept.getCoding().stream())
                .map(Coding::getCode)
                .filter(code -> code != null && !code.isBlank())
                .map(Locale::forLanguageTag)
                .findFirst();
    }

    private static Stream<CodeableConcept> spoken(Resource person) {
        if (person instanceof Patient patient) {
            return preferredFirst(
                            patient.getCommunication().stream()
                                    .filter(PatientCommunicationComponent::getPreferred)
                                    .toList(),
                            patient.getCommunication())
                    .map(PatientCommunicationComponent::getLanguage);
        }
        if (person instanceof RelatedPerson related) {
            return preferredFirst(
                            related.getCommunication().stream()
                                    .filter(RelatedPersonCommunicationComponent::getPreferred)
                                    .toList(),
                            related.getCommunication())
                    .map(RelatedPersonCommunicationComponent::getLanguage);
        }
        return person instanceof Practitioner practitioner ? practitioner.getCommunication().stream() : Stream.empty();
    }

    private static <T> Stream<T> preferredFirst(List<T> preferred, List<T> all) {
        return Stream.concat(preferred.stream(), all.stream());
    }
}
