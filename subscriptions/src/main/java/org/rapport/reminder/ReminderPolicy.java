package org.rapport.reminder;

import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * When patients are reminded of an appointment.
 *
 * @param leadTimes how long before the start each reminder is due, such as 3d or 2h; days count by the clock on the
 *     clinic's wall, also across a change to or from summer time
 * @param grace how late a reminder may still go out, for instance after a restart, such as 15m
 */
@Validated
@ConfigurationProperties("rapport.reminder")
public record ReminderPolicy(
        @NotEmpty @DefaultValue({"3d", "2h"}) List<@DurationMin(minutes = 1) Duration> leadTimes,

        @NotNull @DurationMin(seconds = 0) @DefaultValue("15m")
        Duration grace) {

    /** Keeps its own copy of the lead times. */
    public ReminderPolicy {
        leadTimes = List.copyOf(leadTimes);
    }
}
