package org.rapport.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.DeviceMetric;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordOwnersTest {

    private static final Instant MOVED = Instant.parse("2026-11-30T12:00:00Z");

    private final RecordOwners owners = new RecordOwners(
            new PublicOrigin("http://127.0.0.1:8080"),
            (id, moment) -> id.getValue().equals("Device/of-alice")
                    ? Optional.of(new Device()
                            .setPatient(new Reference(moment.isBefore(MOVED) ? "Patient/bob" : "Patient/alice")))
                    : Optional.empty());

    @ParameterizedTest
    @ValueSource(strings = {"Patient/alice", "Patient/alice/_history/3", "http://127.0.0.1:8080/fhir/Patient/alice"})
    void areThePatientsReferredTo(String reference) {
        assertThat(owners.patients(new Observation().setSubject(new Reference(reference))))
                .containsExactly("alice");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://elsewhere.example.org/fhir/Patient/alice",
                "http://127.0.0.1:8080/fhir/x/Patient/alice",
                "Group/alice",
                "#alice",
                "urn:uuid:3f5c1c5e-7d3c-4d0e-9c43-0d2f6a3f0f11",
                "Patient?identifier=alice",
                "alice"
            })
    void areNobodyForAnyOtherReference(String reference) {
        assertThat(owners.patients(new Observation().setSubject(new Reference(reference))))
                .isEmpty();
    }

    @Test
    void areNotThePerformers() {
        var observation = new Observation().setSubject(new Reference("Patient/bob"));
        observation.addPerformer(new Reference("Patient/alice"));
        assertThat(owners.patients(observation)).containsExactly("bob");
    }

    @Test
    void areAllParticipants() {
        var appointment = new Appointment();
        appointment.addParticipant().setActor(new Reference("Patient/alice"));
        appointment.addParticipant().setActor(new Reference("Practitioner/dr-x"));
        appointment.addParticipant().setActor(new Reference("Patient/bob"));
        assertThat(owners.patients(appointment)).containsExactlyInAnyOrder("alice", "bob");
    }

    @Test
    @DisplayName("AC-046: of a metric are those of its device")
    void areThoseOfTheDeviceOfAMetric() {
        var metric = new DeviceMetric();
        assertThat(owners.patients(metric)).isEmpty();
        assertThat(owners.patients(metric.setSource(new Reference("Device/of-alice"))))
                .containsExactly("alice");
        for (var other : new String[] {"Device/of-nobody", "Patient/alice", "http://x.example.org/Device/of-alice"}) {
            assertThat(owners.patients(metric.setSource(new Reference(other)))).isEmpty();
        }
    }

    @Test
    void areThoseOfTheDeviceWhenTheMetricWasWritten() {
        var metric = new DeviceMetric().setSource(new Reference("Device/of-alice"));
        metric.getMeta().setLastUpdated(Date.from(MOVED.minusSeconds(1)));
        assertThat(owners.patients(metric)).containsExactly("bob");
        metric.getMeta().setLastUpdated(Date.from(MOVED));
        assertThat(owners.patients(metric)).containsExactly("alice");
    }

    @Test
    void areThePatientsThemselves() {
        var patient = new Patient();
        patient.setId("Patient/alice/_history/2");
        assertThat(owners.patients(patient)).containsExactly("alice");
    }

    /** Ids in a Bundle are those that its sender gave. */
    @Test
    void areMetInWhatABundleHolds() {
        var inner = new Bundle();
        inner.addEntry().setResource(new Observation().setSubject(new Reference("Patient/bob")));
        var unnamed = new Patient();
        unnamed.setId("urn:uuid:3f5c1c5e-7d3c-4d0e-9c43-0d2f6a3f0f11");
        var bundle = new Bundle();
        bundle.addEntry().setResource(new Observation().setSubject(new Reference("Patient/alice")));
        bundle.addEntry().setResource(inner);
        bundle.addEntry().setResource(unnamed);
        bundle.addEntry();
        assertThat(owners.met(bundle)).containsExactlyInAnyOrder("alice", "bob");
        assertThat(owners.patients(bundle)).isEmpty();
    }

    @Test
    void areNobodyForSharedTypes() {
        assertThat(owners.patients(new Organization())).isEmpty();
    }
}
