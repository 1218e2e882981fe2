package org.rapport.access;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Who may act for whom, and for how long a visit lets who sees a patient into the record.
 *
 * @param majority age in years from which parents no longer act for their children, unless they are named in another role
 * @param beforeVisit for how long before an Appointment begins the practitioners at it treat its patients
 * @param afterVisit for how long after an Appointment began they treat them; with zero for both a visit opens no record
 */
@Validated
@ConfigurationProperties("rapport.access")
public record AccessSettings(
        @Min(1) @Max(30) @DefaultValue("18") int majority,

        @NotNull @DurationMin @DurationMax(days = 366) @DefaultValue("3d")
        Duration beforeVisit,

        @NotNull @DurationMin @DurationMax(days = 366) @DefaultValue("7d")
        Duration afterVisit) {}
