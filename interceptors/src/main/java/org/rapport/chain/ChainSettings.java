package org.rapport.chain;

import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the audit log is kept from being changed unnoticed.
 *
 * @param checkpointDir folder that gets the signed checkpoints of the audit chain, best on another machine or on storage that
 *     only appends; unset means audit in the data directory
 * @param rotateKeysEvery how long the keys of the audit chain are used, such as 365d
 */
@Validated
@ConfigurationProperties("rapport.audit")
public record ChainSettings(
        @Nullable Path checkpointDir,

        @NotNull @DurationMin(hours = 1) @DefaultValue("365d")
        Duration rotateKeysEvery) {}
