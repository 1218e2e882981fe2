package org.rapport.reminder;

import static java.util.Comparator.comparing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Works out which reminders a visit still needs. */
public final class ReminderPlanner {

    private final ReminderPolicy policy;
    private final Clock clock;

    /** Plans by the policy and the clock's time. */
    public ReminderPlanner(ReminderPolicy policy, Clock clock) {
        this.policy = policy;
        this.clock = clock;
    }

    /** The reminders not yet missed, earliest first; none once the visit has begun. */
    public List<Reminder> plan(Visit visit) {
        if (!visit.start().isAfter(clock.instant())) {
            return List.of();
        }
        return policy.leadTimes().stream()
                .map(lead -> new Reminder(visit.appointment(), visit.patient(), visit.start(), lead, due(visit, lead)))
                .filter(reminder -> !missed(reminder))
                .sorted(comparing(Reminder::due))
                .toList();
    }

    /** Whether it is too late for it. */
    public boolean missed(Reminder reminder) {
        var now = clock.instant();
        return reminder.due().plus(policy.grace()).isBefore(now)
                || !reminder.start().isAfter(now);
    }

    /** Whole days go back by the calendar, so that a day before nine o'clock is nine o'clock; the rest by the clock. */
    private static Instant due(Visit visit, Duration lead) {
        return visit.start()
                .atZone(visit.zone())
                .minusDays(lead.toDaysPart())
                .toInstant()
                .minus(lead.minusDays(lead.toDaysPart()));
    }
}
