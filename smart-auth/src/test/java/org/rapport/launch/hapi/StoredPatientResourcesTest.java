package org.rapport.launch.hapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Location;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;
import org.rapport.access.PublicOrigin;
import org.rapport.access.RecordOwners;

class StoredPatientResourcesTest {

    private final Map<String, Resource> stored = new HashMap<>();
    private final StoredPatientResources resources = new StoredPatientResources(
            (type, id) -> Optional.ofNullable(stored.get(type + '/' + id)),
            new RecordOwners(new PublicOrigin("http://127.0.0.1:8080"), (type, id) -> Optional.empty()));

    private static Encounter of(String patient) {
        return new Encounter().setSubject(new Reference(patient));
    }

    @Test
    void belongToThePatientWhomTheyAreAbout() {
        stored.put("Encounter/e", of("Patient/alice"));
        stored.put("Encounter/full", of("http://127.0.0.1:8080/fhir/Patient/alice"));

        assertThat(resources.belong("Encounter/e", "alice")).isTrue();
        assertThat(resources.belong("Encounter/full", "alice")).isTrue();
        assertThat(resources.belong("Encounter/e", "bob")).isFalse();
    }

    @Test
    void belongToNobodyHereWhenTheirPatientIsElsewhereOrMissing() {
        stored.put("Encounter/elsewhere", of("https://other.example.org/fhir/Patient/alice"));
        stored.put("Observation/about-nobody", new Observation());

        assertThat(resources.belong("Encounter/elsewhere", "alice")).isFalse();
        assertThat(resources.belong("Observation/about-nobody", "alice")).isFalse();
        assertThat(resources.belong("Encounter/not-there", "alice")).isFalse();
    }

    @Test
    void belongToEverybodyWhenTheyAreInNobodysRecord() {
        stored.put("Location/room", new Location());

        assertThat(resources.belong("Location/room", "alice")).isTrue();
        assertThat(resources.belong("Location/room", "bob")).isTrue();
    }

    @Test
    void belongToNobodyWhenTheySayNothingOfIt() {
        stored.put("Binary/file", new Binary());
        stored.put("Bundle/document", new Bundle());

        assertThat(resources.belong("Binary/file", "alice")).isFalse();
        assertThat(resources.belong("Bundle/document", "alice")).isFalse();
    }
}
