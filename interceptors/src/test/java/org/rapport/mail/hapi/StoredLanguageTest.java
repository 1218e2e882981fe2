package org.rapport.mail.hapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.RelatedPerson;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;

class StoredLanguageTest {

    private final Map<String, Resource> stored = new HashMap<>();
    private final StoredLanguage language =
            new StoredLanguage((type, id) -> Optional.ofNullable(stored.get(type + '/' + id)));

    private static CodeableConcept in(String code) {
        return new CodeableConcept(new Coding("urn:ietf:bcp:47", code, null));
    }

    @Test
    void isTheOneThatAPatientPrefers() {
        var patient = new Patient();
        patient.addCommunication().setLanguage(in("fr"));
        patient.addCommunication().setLanguage(in("de-CH")).setPreferred(true);
        stored.put("Patient/p", patient);

        assertThat(language.of("Patient/p")).hasValue(Locale.forLanguageTag("de-CH"));
    }

    @Test
    void isTheFirstOneWhereNoneIsPreferred() {
        var related = new RelatedPerson();
        related.addCommunication().setLanguage(in("it")).setPreferred(false);
        related.addCommunication().setLanguage(in("de"));
        stored.put("RelatedPerson/r", related);
        var practitioner = new Practitioner().addCommunication(in("")).addCommunication(in("es"));
        stored.put("Practitioner/d", practitioner);

        assertThat(language.of("RelatedPerson/r")).hasValue(Locale.ITALIAN);
        assertThat(language.of("Practitioner/d")).hasValue(Locale.forLanguageTag("es"));
    }

    @Test
    void isUnknownOfWhoSpeaksNoneOrIsNotThere() {
        stored.put("Patient/silent", new Patient());
        stored.put("Organization/o", new Organization());

        assertThat(language.of("Patient/silent")).isEmpty();
        assertThat(language.of("Organization/o")).isEmpty();
        assertThat(language.of("Patient/nobody")).isEmpty();
    }
}
