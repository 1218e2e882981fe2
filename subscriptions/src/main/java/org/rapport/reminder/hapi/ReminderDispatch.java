package org.rapport.reminder.hapi;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.rapport.notification.hapi.Messages;
import org.rapport.reminder.ActionLinks;
import org.rapport.reminder.PlannedReminders;
import org.rapport.reminder.PlannedReminders.Planned;
import org.rapport.reminder.PlannedReminders.State;
import org.rapport.reminder.ReminderPlanner;
import org.rapport.work.Causes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionOperations;

/** Turns reminders that are due into messages, each once and each in a transaction of its own. */
public final class ReminderDispatch {

    private static final Logger LOG = LoggerFactory.getLogger(ReminderDispatch.class);
    private static final Duration PAUSE = Duration.ofMinutes(1);

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
        boolean more = true;
        while (more) {
            more = next();
        }
    }

    private boolean next() {
        var taken = new AtomicReference<Planned>();
        try {
            effects.transaction()
                    .executeWithoutResult(
                            status -> planned.due(clock.instant(), 1).forEach(due -> {
                                taken.set(due);
                                dispatch(due);
                            }));
            return taken.get() != null;
        } catch (RuntimeException e) {
            var failed = taken.get();
            if (failed == null) {
                throw e;
            }
            LOG.warn("A reminder could not be dispatched ({}); it is tried again", Causes.of(e));
            effects.transaction()
                    .executeWithoutResult(status ->
                            planned.postpone(failed.reminder(), clock.instant().plus(PAUSE)));
            return true;
        }
    }

    private void dispatch(Planned due) {
        var reminder = due.reminder();
        var purpose = new ActionLinks.Purpose(reminder.appointment(), reminder.patient(), reminder.start());
        if (planner.missed(reminder) || effects.appointments().booked(purpose).isEmpty()) {
            planned.settle(reminder, State.REVOKED);
            effects.requests().revoke(due.request());
            return;
        }
        planned.settle(reminder, State.DISPATCHED);
        effects.requests().complete(due.request());
        effects.messages().send(draft(due));
    }

    private static Messages.Draft draft(Planned due) {
        var patient = "Patient/" + due.reminder().patient();
        return new Messages.Draft(
                "reminder/" + due.request(),
                "reminder",
                patient,
                patient,
                Optional.of("CommunicationRequest/" + due.request()),
                "Appointment/" + due.reminder().appointment(),
                "You have an appointment. Please say whether you will come.");
    }
}
