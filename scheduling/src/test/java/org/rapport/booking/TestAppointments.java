package org.rapport.booking;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;
import org.hl7.fhir.r4.model.Appointment.ParticipationStatus;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Schedule;
import org.hl7.fhir.r4.model.Slot;
import org.hl7.fhir.r4.model.Slot.SlotStatus;
import org.rapport.access.PublicOrigin;

/** Appointments, schedules and slots around one noon. */
final class TestAppointments {

    static final Instant NOON = Instant.parse("2026-12-01T12:00:00Z");
    static final Duration HALF_HOUR = Duration.ofMinutes(30);
    static final String ADAMS = "Practitioner/dr-adams";
    static final ClaimedActors ACTORS = new ClaimedActors(
            new PublicOrigin("https://here.example"),
            role -> role.equals("role-adams") ? Optional.of(new Reference(ADAMS + "/_history/2")) : Optional.empty());

    private TestAppointments() {}

    /** Booked at noon for half an hour with Alice and Dr Adams. */
    static Appointment booked() {
        var appointment = new Appointment()
                .setStatus(AppointmentStatus.BOOKED)
                .setStart(Date.from(NOON))
                .setEnd(Date.from(NOON.plus(HALF_HOUR)));
        appointment.setId("Appointment/a1");
        with(appointment, "Patient/alice");
        with(appointment, ADAMS);
        with(appointment, "Location/loc-north");
        return appointment;
    }

    static Appointment with(Appointment appointment, String actor) {
        appointment.addParticipant().setActor(new Reference(actor)).setStatus(ParticipationStatus.ACCEPTED);
        return appointment;
    }

    static Schedule schedule() {
        var schedule = new Schedule().addActor(new Reference(ADAMS)).addActor(new Reference("Location/loc-north"));
        schedule.setId("Schedule/s1");
        return schedule;
    }

    static Slot slot(String id, String start) {
        var begin = new InstantType(start);
        var slot = new Slot()
                .setStatus(SlotStatus.FREE)
                .setSchedule(new Reference("Schedule/s1"))
                .setStartElement(begin)
                .setEndElement(new InstantType(
                        Date.from(begin.getValue().toInstant().plus(HALF_HOUR)),
                        ca.uhn.fhir.model.api.TemporalPrecisionEnum.SECOND,
                        begin.getTimeZone()));
        slot.setId("Slot/" + id);
        return slot;
    }

    static BookableTime time(Slot... slots) {
        return new BookableTime(schedule(), List.of(slots));
    }
}
