package org.rapport.reminder.hapi;

import java.time.Clock;
import java.util.Optional;
import org.hl7.fhir.r4.model.Appointment;
import org.rapport.notification.hapi.Messages;
import org.rapport.reminder.PlannedReminders;
import org.rapport.reminder.PlannedReminders.Planned;
import org.rapport.reminder.PlannedReminders.State;
import org.rapport.reminder.ReminderPlanner;
import org.springframework.transaction.support.TransactionOperations;

/** Turns reminders that are due into messages, each once, a batch in one transaction. */
public final class ReminderDispatch {

    private static final int BATCH = 50;

    private final PlannedReminders planned;
    private final ReminderPlanner planner;
    private final Effects effects;
    private final Clock clock;

    ReminderDispatch(PlannedReminders planned, ReminderPlanner planner, Effects effects, Clock clock) {
        this.planned = planned;
        this.planner = planner;
        this.effects = effects;
        this.clock = clock;
    }

    /** Where a dispatch leaves its marks. */
    record Effects(
            Appointments appointments,
            ReminderRequests requests,
            Messages messages,
            TransactionOperations transaction) {}

    /** Dispatches all that is due now; what another instance has taken meanwhile is left to it. */
    public void run() {
        int dispatched = batch();
        while (dispatched == BATCH) {
            dispatched = batch();
        }
    }

    private int batch() {
        return effects.transaction().execute(status -> {
            var due = planned.due(clock.instant(), BATCH);
            due.forEach(this::dispatch);
            return due.size();
        });
    }

    private void dispatch(Planned due) {
        var reminder = due.reminder();
        var appointment = effects.appointments().booked(reminder.appointment(), reminder.start());
        if (appointment.isEmpty() || planner.missed(reminder)) {
            planned.settle(reminder, State.REVOKED);
            effects.requests().revoke(due.request());
            return;
        }
        planned.settle(reminder, State.DISPATCHED);
        effects.requests().complete(due.request());
        effects.messages().send(draft(due, appointment.get()));
    }

    private static Messages.Draft draft(Planned due, Appointment appointment) {
        var patient = Appointments.patient(appointment).orElseThrow();
        return new Messages.Draft(
                due.reminder().key(),
                "reminder",
                patient,
                patient,
                Optional.of("CommunicationRequest/" + due.request()),
                "Appointment/" + due.reminder().appointment(),
                "You have an appointment. Please say whether you will come.");
    }
}
