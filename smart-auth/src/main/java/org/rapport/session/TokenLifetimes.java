package org.rapport.session;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How long codes and tokens are good.
 *
 * @param code an authorization code, at most 60s
 * @param accessToken an access token, such as 5m; at most 1h
 * @param refreshToken a refresh token for offline access since it was issued or replaced, such as 30d; one for online
 *     access lives no longer than its login session
 */
@Validated
@ConfigurationProperties("rapport.tokens")
public record TokenLifetimes(
        @NotNull @DurationMin(seconds = 1) @DurationMax(seconds = 60) @DefaultValue("60s")
        Duration code,

        @NotNull @DurationMin(seconds = 10) @DurationMax(hours = 1) @DefaultValue("5m")
        Duration accessToken,

        @NotNull @DurationMin(minutes = 1) @DefaultValue("30d")
        Duration refreshToken) {}
