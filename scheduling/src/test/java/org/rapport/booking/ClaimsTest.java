package org.rapport.booking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.rapport.booking.TestAppointments.ACTORS;
import static org.rapport.booking.TestAppointments.ADAMS;
import static org.rapport.booking.TestAppointments.HALF_HOUR;
import static org.rapport.booking.TestAppointments.NOON;
import static org.rapport.booking.TestAppointments.booked;
import static org.rapport.booking.TestAppointments.with;

import java.time.Duration;
import java.util.Date;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;
import org.hl7.fhir.r4.model.Appointment.ParticipantRequired;
import org.hl7.fhir.r4.model.Appointment.ParticipationStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ClaimsTest {

    @Test
    void areOfThePractitionerAloneFromStartToEnd() {
        assertThat(Claims.of(booked(), ACTORS).claims()).containsExactly(new Claim(ADAMS, NOON, NOON.plus(HALF_HOUR)));
    }

    @ParameterizedTest
    @EnumSource(
            value = AppointmentStatus.class,
            names = {"PENDING", "BOOKED", "ARRIVED", "CHECKEDIN"})
    void areHeldByAnAppointmentThatIsToCome(AppointmentStatus status) {
        assertThat(Claims.of(booked().setStatus(status), ACTORS).claims()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = AppointmentStatus.class,
            names = {"PENDING", "BOOKED", "ARRIVED", "CHECKEDIN", "NULL"},
            mode = EnumSource.Mode.EXCLUDE)
    void areGivenBackByEveryOther(AppointmentStatus status) {
        assertThat(Claims.of(booked().setStatus(status), ACTORS)).isEqualTo(Claims.none("a1"));
    }

    @ParameterizedTest(name = "{0} claims {1}")
    @CsvSource({
        "Practitioner/dr-brandt/_history/3,            Practitioner/dr-brandt",
        "https://here.example/fhir/Practitioner/x,     Practitioner/x",
        "Device/scanner,                               Device/scanner",
        "PractitionerRole/role-adams,                  Practitioner/dr-adams",
        "PractitionerRole/unknown,                     ",
        "https://elsewhere.example/fhir/Practitioner/x, ",
        "Location/loc-north,                           ",
        "Patient/alice,                                ",
        "#contained,                                   ",
    })
    void seeWhoIsMeant(String reference, String actor) {
        var appointment = booked();
        appointment.getParticipant().clear();
        assertThat(Claims.of(with(appointment, reference), ACTORS).claims())
                .extracting(Claim::actor)
                .isEqualTo(actor == null ? java.util.List.of() : java.util.List.of(actor));
    }

    @Test
    void countSomebodyOnceWhoTakesPartTwice() {
        assertThat(Claims.of(with(booked(), "PractitionerRole/role-adams"), ACTORS)
                        .claims())
                .hasSize(1);
    }

    @Test
    void leaveOutWhoDeclinedOrIsOnlyInformed() {
        var declined = booked();
        declined.getParticipant().get(1).setStatus(ParticipationStatus.DECLINED);
        var informed = booked();
        informed.getParticipant().get(1).setRequired(ParticipantRequired.INFORMATIONONLY);
        assertThat(Claims.of(declined, ACTORS).claims()).isEmpty();
        assertThat(Claims.of(informed, ACTORS).claims()).isEmpty();
    }

    @Test
    void endWithTheMinutesWhenNoEndIsNamed() {
        var appointment = booked().setEnd(null).setMinutesDuration(45);
        assertThat(Claims.of(appointment, ACTORS).claims())
                .extracting(Claim::end)
                .containsExactly(NOON.plus(Duration.ofMinutes(45)));
    }

    @Test
    void cannotBeWithoutATime() {
        assertRefused(booked().setStart(null));
        assertRefused(booked().setEnd(null));
        assertRefused(booked().setEnd(Date.from(NOON)));
        assertRefused(booked().setEnd(Date.from(NOON.minusSeconds(1))));
    }

    @Test
    void runOutWithAHoldOnly() {
        var held = booked();
        Transitions.hold(held, NOON);
        assertThat(Claims.of(held, ACTORS).expires()).contains(NOON.plus(Duration.ofMinutes(10)));
        assertThat(Claims.of(held.setStatus(AppointmentStatus.BOOKED), ACTORS).expires())
                .isEmpty();
        assertThat(Claims.of(booked().setStatus(AppointmentStatus.PENDING), ACTORS)
                        .expires())
                .isEmpty();
    }

    private static void assertRefused(Appointment appointment) {
        assertThatThrownBy(() -> Claims.of(appointment, ACTORS))
                .isInstanceOfSatisfying(
                        BookingRefused.class,
                        refused -> assertThat(refused.failure().status()).isEqualTo(422));
    }
}
