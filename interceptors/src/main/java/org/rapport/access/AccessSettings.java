package org.rapport.access;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Who may act for whom.
 *
 * @param majority age in years from which parents no longer act for their children, unless they are named in another role
 */
@Validated
@ConfigurationProperties("rapport.access")
public record AccessSettings(
        @Min(1) @Max(30) @DefaultValue("18") int majority) {}
