package org.rapport.export;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How much is exported in bulk.
 *
 * @param running how many exports of one client may wait or run at the same time; one more gets a 429
 * @param parallel how many exports one instance works on at the same time
 * @param keep how long an export can be fetched after its end, such as 24h
 * @param patients of how many patients one export may be at most
 * @param size how much one export may hold at most, unpacked, such as 2GB
 * @param store how much all exports that are kept may hold together, unpacked, such as 20GB; while there is more, no export
 *     begins (503); packed it takes about a tenth of that in the database
 */
@Validated
@ConfigurationProperties("rapport.export")
public record ExportSettings(
        @Min(1) @Max(100) @DefaultValue("2") int running,
        @Min(1) @Max(16) @DefaultValue("2") int parallel,

        @NotNull @DurationMin(minutes = 1) @DurationMax(days = 30) @DefaultValue("24h")
        Duration keep,

        @Min(1) @Max(10_000_000) @DefaultValue("100000") int patients,
        @NotNull @DefaultValue("2GB") DataSize size,
        @NotNull @DefaultValue("20GB") DataSize store) {}
