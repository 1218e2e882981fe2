package org.rapport.reminder.hapi;

import java.util.List;
import java.util.function.Consumer;
import org.hl7.fhir.r4.model.Appointment;
import org.rapport.changes.ChangeFeed;
import org.rapport.reminder.PatientAnswer;
import org.rapport.reminder.PlannedReminders;
import org.rapport.reminder.PlannedReminders.Planned;
import org.rapport.reminder.PlannedReminders.State;
import org.rapport.reminder.Reminder;
import org.rapport.reminder.ReminderPlanner;
import org.rapport.reminder.Visit;

/** Keeps the planned reminders of each appointment in step with it. */
final class AppointmentReminders implements Consumer<List<ChangeFeed.Entry>> {

    private final ReminderPlanner planner;
    private final PlannedReminders planned;
    private final Appointments appointments;
    private final ReminderRequests requests;

    AppointmentReminders(
            ReminderPlanner planner, PlannedReminders planned, Appointments appointments, ReminderRequests requests) {
        this.planner = planner;
        this.planned = planned;
        this.appointments = appointments;
        this.requests = requests;
    }

    /** Plans for the appointments as they are now, whatever the log says of each step on the way. */
    @Override
    public void accept(List<ChangeFeed.Entry> page) {
        page.stream()
                .map(ChangeFeed.Entry::change)
                .filter(change -> change.type().equals("Appointment"))
                .map(change -> change.id())
                .distinct()
                .forEach(this::plan);
    }

    private void plan(String id) {
        var wanted = appointments.booked(id).map(found -> wanted(id, found)).orElse(List.of());
        var keys = wanted.stream().map(Reminder::key).toList();
        for (var waiting : planned.waiting(id)) {
            if (!keys.contains(waiting.reminder().key())) {
                planned.settle(waiting.reminder(), State.REVOKED);
                requests.revoke(waiting.request());
            }
        }
        wanted.stream()
                .filter(reminder -> !planned.has(reminder))
                .forEach(reminder -> planned.add(new Planned(reminder, requests.create(reminder))));
    }

    private List<Reminder> wanted(String id, Appointment booked) {
        var zone = appointments.zone(booked);
        var start = booked.getStart().toInstant();
        return PatientAnswer.expected(booked)
                .flatMap(patient -> planner.plan(new Visit(id, patient, start, zone)).stream())
                .toList();
    }
}
