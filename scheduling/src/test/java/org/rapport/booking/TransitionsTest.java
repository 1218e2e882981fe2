package org.rapport.booking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.rapport.booking.TestAppointments.NOON;
import static org.rapport.booking.TestAppointments.booked;
import static org.rapport.booking.TestAppointments.slot;

import java.time.Instant;
import java.util.Optional;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;
import org.hl7.fhir.r4.model.Appointment.ParticipationStatus;
import org.hl7.fhir.r4.model.Slot.SlotStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TransitionsTest {

    private static final Instant END = NOON.plus(Transitions.HOLD);

    @Test
    void endAHoldAfterTenMinutes() {
        assertThat(Transitions.ranOut(held(), END.minusMillis(1))).isFalse();
        assertThat(Transitions.ranOut(held(), END)).isTrue();
        Transitions.requireHeld(held(), END.minusMillis(1));
        assertConflict(held(), END);
    }

    @Test
    void bookOnlyWhatIsHeld() {
        var waiting = booked().setStatus(AppointmentStatus.PENDING);
        assertThat(Transitions.ranOut(waiting, END)).isFalse();
        assertConflict(waiting, NOON);
        assertConflict(held().setStatus(AppointmentStatus.CANCELLED), NOON);
    }

    @Test
    void leaveNothingOfTheHoldOnABooking() {
        var visit = held();
        Transitions.book(visit);
        assertThat(visit.getStatus()).isEqualTo(AppointmentStatus.BOOKED);
        assertThat(visit.getExtension()).isEmpty();
    }

    @Test
    void confirmForThePatientAndOnlyOnce() {
        var visit = booked();
        visit.getParticipant().forEach(participant -> participant.setStatus(ParticipationStatus.NEEDSACTION));
        assertThat(Transitions.confirm(visit)).isTrue();
        assertThat(visit.getParticipant())
                .extracting(Appointment.AppointmentParticipantComponent::getStatus)
                .containsExactly(
                        ParticipationStatus.ACCEPTED, ParticipationStatus.NEEDSACTION, ParticipationStatus.NEEDSACTION);
        assertThat(Transitions.confirm(visit)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(
            value = AppointmentStatus.class,
            names = {"PENDING", "BOOKED", "PROPOSED", "WAITLIST"})
    void cancelWhatIsToCome(AppointmentStatus status) {
        var visit = booked().setStatus(status);
        assertThat(Transitions.cancel(visit, Optional.of(Transitions.holdExpired())))
                .isTrue();
        assertThat(visit.getStatus()).isEqualTo(AppointmentStatus.CANCELLED);
        assertThat(Transitions.cancel(visit, Optional.empty())).isFalse();
        assertThat(visit.getCancelationReason().getCodingFirstRep().getCode()).isEqualTo("hold-expired");
    }

    @ParameterizedTest
    @EnumSource(
            value = AppointmentStatus.class,
            names = {"ARRIVED", "CHECKEDIN", "FULFILLED", "NOSHOW", "ENTEREDINERROR"})
    void leaveAloneWhatHasBegun(AppointmentStatus status) {
        assertThatThrownBy(() -> Transitions.cancel(booked().setStatus(status), Optional.empty()))
                .isInstanceOf(BookingRefused.class);
        assertThatThrownBy(() -> Transitions.confirm(booked().setStatus(status)))
                .isInstanceOf(BookingRefused.class);
    }

    @ParameterizedTest(name = "{0} to {1}: {2}")
    @CsvSource({
        "FREE,            BUSY,          true",
        "BUSYTENTATIVE,   BUSY,          true",
        "BUSY,            FREE,          true",
        "BUSY,            BUSY,          false",
        "BUSYUNAVAILABLE, FREE,          false",
        "ENTEREDINERROR,  FREE,          false",
    })
    void markASlotUnlessThePracticeClosedIt(SlotStatus before, SlotStatus after, boolean changed) {
        var slot = slot("a", "2026-12-01T12:00:00Z").setStatus(before);
        assertThat(Transitions.mark(slot, after)).isEqualTo(changed);
        assertThat(slot.getStatus()).isEqualTo(changed ? after : before);
    }

    private static Appointment held() {
        var visit = booked();
        Transitions.hold(visit, NOON);
        return visit;
    }

    private static void assertConflict(Appointment visit, Instant now) {
        assertThatThrownBy(() -> Transitions.requireHeld(visit, now))
                .isInstanceOfSatisfying(
                        BookingRefused.class,
                        refused -> assertThat(refused.failure().status()).isEqualTo(409));
    }
}
