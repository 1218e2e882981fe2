package org.rapport.ig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hl7.fhir.r4.model.Appointment.AppointmentStatus.PROPOSED;

import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import java.util.List;
import java.util.function.Consumer;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileTest {

    private static final FhirValidator VALIDATOR = TestGuide.validator();

    @Nested
    class Accepts {

        static List<Resource> examples() {
            return TestGuide.examples();
        }

        @ParameterizedTest
        @MethodSource("examples")
        void theExample(Resource example) {
            assertThat(errors(example)).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"2026-03-01T08:15:30Z", "2026-03-01T08:15:30.125-05:00"})
        void aReadingTimedToTheSecond(String time) {
            var reading = reading("example-heart-rate").setEffective(new DateTimeType(time));
            assertThat(errors(reading)).isEmpty();
        }

        @Test
        void aProposedAppointmentWithoutAPatient() {
            var appointment = appointment().setStatus(PROPOSED);
            appointment.getParticipant().remove(0);
            assertThat(errors(appointment)).isEmpty();
        }

        @Test
        void anAppointmentWhosePatientIsNamedByAnAbsoluteUrl() {
            var appointment = appointment();
            appointment.getParticipantFirstRep().getActor().setReference("https://other.example/fhir/Patient/a.b-1");
            assertThat(errors(appointment)).isEmpty();
        }
    }

    @Nested
    class Rejects {

        static List<Flaw> flaws() {
            var day = new DateTimeType("2026-03-01");
            return List.of(
                    new Flaw("has no device", "Observation.device", reading -> reading.setDevice(null)),
                    new Flaw("is about nobody", "Observation.subject", reading -> reading.setSubject(null)),
                    new Flaw("has no time", "Observation.effective", reading -> reading.setEffective(null)),
                    new Flaw("knows only its day", "reading-time", reading -> reading.setEffective(day)),
                    new Flaw(
                            "spans a period",
                            "Period",
                            reading -> reading.setEffective(new Period().setStartElement(day))),
                    new Flaw(
                            "measures something else",
                            "Observation.code",
                            reading -> reading.getCode().getCodingFirstRep().setCode("9279-1")));
        }

        @ParameterizedTest(name = "{0}")
        @MethodSource("flaws")
        void aReadingThat(Flaw flaw) {
            assertThat(TestGuide.examples())
                    .filteredOn(Observation.class::isInstance)
                    .allSatisfy(example -> {
                        var reading = (Observation) example.copy();
                        flaw.change().accept(reading);
                        assertThat(errors(reading)).anyMatch(error -> error.contains(flaw.hint()));
                    });
        }

        @ParameterizedTest
        @ValueSource(strings = {"example-heart-rate", "example-oxygen-saturation", "example-body-weight"})
        void aValueInAnotherUnit(String id) {
            var reading = reading(id);
            reading.getValueQuantity().setCode("m");
            assertThat(errors(reading)).anyMatch(error -> error.contains("value"));
        }

        @Test
        void aBloodPressureWithoutItsSystolicPart() {
            var reading = reading("example-blood-pressure");
            reading.getComponent().remove(0);
            assertThat(errors(reading)).anyMatch(error -> error.contains("component"));
        }

        @Test
        void aBookedAppointmentWithoutAPatient() {
            var appointment = appointment();
            appointment.getParticipant().remove(0);
            assertThat(errors(appointment)).anyMatch(error -> error.contains("appointment-patient"));
        }

        @Test
        void aParticipantWithoutAnActor() {
            var appointment = appointment();
            appointment
                    .addParticipant()
                    .setStatus(Appointment.ParticipationStatus.ACCEPTED)
                    .addType()
                    .setText("any");
            assertThat(errors(appointment)).anyMatch(error -> error.contains("participant.actor"));
        }

        @Test
        void aCompletedMessageWithoutItsTime() {
            assertThat(errors(message().setSent(null))).anyMatch(error -> error.contains("message-sent-time"));
        }

        @Test
        void aMessageToNobody() {
            assertThat(errors(message().setRecipient(null))).anyMatch(error -> error.contains("recipient"));
        }

        @Test
        void aDeviceThatCannotBeToldApart() {
            var device = TestGuide.example(Device.class, "example-cuff").setIdentifier(null);
            assertThat(errors(device)).anyMatch(error -> error.contains("Device.identifier"));
        }
    }

    /**
     * One way to break any reading.
     *
     * @param name completes "rejects a reading that"
     * @param hint what the error must speak of
     * @param change breaks the reading
     */
    record Flaw(String name, String hint, Consumer<Observation> change) {

        @Override
        public String toString() {
            return name;
        }
    }

    private static Observation reading(String id) {
        return TestGuide.example(Observation.class, id);
    }

    private static Appointment appointment() {
        return TestGuide.example(Appointment.class, "example-appointment");
    }

    private static Communication message() {
        return TestGuide.example(Communication.class, "example-message");
    }

    private static List<String> errors(Resource resource) {
        return VALIDATOR.validateWithResult(resource).getMessages().stream()
                .filter(message -> message.getSeverity().compareTo(ResultSeverityEnum.ERROR) >= 0)
                .map(message -> message.getLocationString() + ": " + message.getMessage())
                .toList();
    }
}
