package org.rapport.session;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How long a browser stays signed in.
 *
 * @param idle without anything its owner does, such as 15m; background requests do not count as doing something
 * @param absolute since the sign-in, whatever its owner does, such as 12h
 */
@Validated
@ConfigurationProperties("rapport.session")
public record SessionLimits(
        @NotNull @DurationMin(minutes = 1) @DefaultValue("15m")
        Duration idle,

        @NotNull @DurationMin(minutes = 1) @DefaultValue("12h")
        Duration absolute) {}
