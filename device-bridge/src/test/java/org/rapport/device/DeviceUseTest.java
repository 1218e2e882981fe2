package org.rapport.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.DeviceUseStatement;
import org.hl7.fhir.r4.model.DeviceUseStatement.DeviceUseStatementStatus;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.Test;

class DeviceUseTest {

    private static final Device OF_CAROL = new Device().setPatient(new Reference("Patient/carol"));

    @Test
    void belongsToThePatientOfThatTime() {
        var alice = use("alice", "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z");
        var bob = use("bob", "2026-02-01T00:00:00Z", "");
        assertThat(patientAt("2026-01-31T23:59:59Z", alice, bob)).contains("alice");
        assertThat(patientAt("2026-02-01T00:00:00Z", alice, bob)).contains("bob");
        assertThat(patientAt("2025-12-31T23:59:59Z", alice, bob)).isEmpty();
    }

    @Test
    void lastsUntilTheEndOfTheDayNamed() {
        var alice = use("alice", "2026-01-01", "2026-01-31");
        assertThat(patientAt("2026-01-31T12:00:00Z", alice)).contains("alice");
        assertThat(patientAt("2026-02-02T00:00:00Z", alice)).isEmpty();
    }

    @Test
    void isNobodysWhenTwoHaveIt() {
        var alice = use("alice", "2026-01-01T00:00:00Z", "");
        assertThat(patientAt("2026-03-01T00:00:00Z", alice, use("bob", "2026-02-01T00:00:00Z", "")))
                .isEmpty();
        assertThat(patientAt("2026-03-01T00:00:00Z", alice, use("alice", "2026-02-01T00:00:00Z", "")))
                .contains("alice");
    }

    @Test
    void isThePresentOwnersOnlyWithoutAnyHistory() {
        assertThat(patientAt("2026-03-01T00:00:00Z")).contains("carol");
        assertThat(patientAt("2026-03-01T00:00:00Z", use("alice", "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z")))
                .isEmpty();
    }

    @Test
    void forgetsWhatWasAMistakeOrOnlyPlanned() {
        var alice = use("alice", "2026-01-01T00:00:00Z", "");
        assertThat(patientAt("2026-03-01T00:00:00Z", alice.setStatus(DeviceUseStatementStatus.ENTEREDINERROR)))
                .isEmpty();
        assertThat(patientAt("2026-03-01T00:00:00Z", alice.setStatus(DeviceUseStatementStatus.INTENDED)))
                .isEmpty();
    }

    @Test
    void isNobodysWithoutADevice() {
        assertThat(new DeviceUse(Optional.empty(), List.of(use("alice", "2026-01-01T00:00:00Z", "")))
                        .patientAt(Instant.parse("2026-03-01T00:00:00Z")))
                .isEmpty();
        assertThat(new DeviceUse(Optional.of(new Device()), List.of()).patientAt(Instant.EPOCH))
                .isEmpty();
    }

    private static Optional<String> patientAt(String moment, DeviceUseStatement... uses) {
        return new DeviceUse(Optional.of(OF_CAROL), List.of(uses)).patientAt(Instant.parse(moment));
    }

    private static DeviceUseStatement use(String patient, String start, String end) {
        var period = new Period().setStartElement(new DateTimeType(start));
        if (!end.isEmpty()) {
            period.setEndElement(new DateTimeType(end));
        }
        return new DeviceUseStatement()
                .setStatus(DeviceUseStatementStatus.ACTIVE)
                .setSubject(new Reference("Patient/" + patient))
                .setTiming(period);
    }
}
