package org.rapport.server;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The port for health and metrics, kept apart from the public one.
 *
 * @param port TCP port, 1 to 65535
 */
@Validated
@ConfigurationProperties("rapport.management")
public record ManagementSettings(
        @Min(1) @Max(65_535) @DefaultValue("8081") int port) {}
