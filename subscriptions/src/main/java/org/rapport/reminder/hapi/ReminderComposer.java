package org.rapport.reminder.hapi;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import java.util.Optional;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.IdType;
import org.rapport.access.PublicOrigin;
import org.rapport.mail.Mail;
import org.rapport.notification.Composer;
import org.rapport.notification.hapi.Communications;
import org.rapport.reminder.ActionLinks;
import org.rapport.reminder.PlannedReminders;

/** Writes to a patient when and where the appointment is, with a link to answer by; nothing else about it. */
final class ReminderComposer implements Composer {

    private static final DateTimeFormatter WHEN = DateTimeFormatter.ofLocalizedDateTime(
                    FormatStyle.FULL, FormatStyle.SHORT)
            .withLocale(Locale.UK);

    private final Communications communications;
    private final PlannedReminders planned;
    private final Appointments appointments;
    private final ActionLinks links;
    private final PublicOrigin origin;

    ReminderComposer(
            Communications communications,
            PlannedReminders planned,
            Appointments appointments,
            ActionLinks links,
            PublicOrigin origin) {
        this.communications = communications;
        this.planned = planned;
        this.appointments = appointments;
        this.links = links;
        this.origin = origin;
    }

    @Override
    public String category() {
        return "reminder";
    }

    @Override
    public Composed compose(String communication) {
        var found = communications.find(communication);
        var purpose = found.flatMap(this::asPlanned);
        var appointment = purpose.flatMap(appointments::booked);
        if (appointment.isEmpty()) {
            return new Composed.Withdrawn("The appointment is not booked any more as it was planned");
        }
        return communications
                .address(found.get())
                .<Composed>map(address -> new Composed.Ready(
                        new Mail(address, "Your appointment", text(purpose.get(), appointment.get()))))
                .orElseGet(() -> new Composed.Withdrawn("The recipient has no e-mail address"));
    }

    /** What the message is for, unless it was planned anew or the appointment has begun. */
    private Optional<ActionLinks.Purpose> asPlanned(Communication message) {
        var request = new IdType(message.getBasedOnFirstRep().getReference()).getIdPart();
        return Optional.ofNullable(request).flatMap(planned::purpose).filter(links::isAhead);
    }

    private String text(ActionLinks.Purpose purpose, Appointment appointment) {
        var token = links.make(purpose);
        ZoneId zone = appointments.zone(appointment);
        return """
                You have an appointment:

                %s (%s)%s

                Please say whether you will come:
                %s/a/%s
                """.formatted(
                WHEN.format(purpose.start().atZone(zone)),
                zone.getId(),
                appointments.place(appointment).map(place -> "\n" + place).orElse(""),
                origin.baseUrl(),
                token);
    }
}
