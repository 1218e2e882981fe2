package org.rapport.reminder.hapi;

import java.time.Clock;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import java.util.Optional;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.IdType;
import org.rapport.access.PublicOrigin;
import org.rapport.notification.Composer;
import org.rapport.notification.Mail;
import org.rapport.notification.hapi.Communications;
import org.rapport.reminder.ActionLinks;

/** Writes to a patient when and where the appointment is, with a link to answer by; nothing else about it. */
final class ReminderComposer implements Composer {

    private static final DateTimeFormatter WHEN = DateTimeFormatter.ofLocalizedDateTime(
                    FormatStyle.FULL, FormatStyle.SHORT)
            .withLocale(Locale.UK);

    private final Communications communications;
    private final Appointments appointments;
    private final ActionLinks links;
    private final PublicOrigin origin;
    private final Clock clock;

    ReminderComposer(
            Communications communications,
            Appointments appointments,
            ActionLinks links,
            PublicOrigin origin,
            Clock clock) {
        this.communications = communications;
        this.appointments = appointments;
        this.links = links;
        this.origin = origin;
        this.clock = clock;
    }

    @Override
    public String category() {
        return "reminder";
    }

    @Override
    public Composed compose(String communication) {
        var found = communications.find(communication);
        var appointment = found.flatMap(this::appointmentAsPlanned);
        if (appointment.isEmpty()) {
            return new Composed.Withdrawn("The appointment is not booked any more as it was planned");
        }
        return communications
                .address(found.get())
                .<Composed>map(address ->
                        new Composed.Ready(new Mail(address, "Your appointment", text(found.get(), appointment.get()))))
                .orElseGet(() -> new Composed.Withdrawn("The recipient has no e-mail address"));
    }

    /** The appointment, if it is still booked for that patient, ahead, and at the time that the reminder was planned for. */
    private Optional<Appointment> appointmentAsPlanned(Communication message) {
        var id = new IdType(message.getAboutFirstRep().getReference()).getIdPart();
        return appointments
                .booked(id)
                .filter(found -> Appointments.isOf(found, message.getSubject().getReference()))
                .filter(found -> found.getStart().toInstant().isAfter(clock.instant()))
                .filter(found -> message.getIdentifierFirstRep()
                        .getValue()
                        .contains("/" + found.getStart().toInstant() + "/"));
    }

    private String text(Communication message, Appointment appointment) {
        var id = appointment.getIdElement().getIdPart();
        var patient = new IdType(message.getSubject().getReference()).getIdPart();
        var start = appointment.getStart().toInstant();
        var token = links.make(new ActionLinks.Purpose(id, patient, start));
        ZoneId zone = appointments.zone(appointment);
        return """
                You have an appointment:

                %s (%s)%s

                Please say whether you will come:
                %s/a/%s
                """.formatted(
                WHEN.format(start.atZone(zone)),
                zone.getId(),
                appointments.place(appointment).map(place -> "\n" + place).orElse(""),
                origin.baseUrl(),
                token);
    }
}
