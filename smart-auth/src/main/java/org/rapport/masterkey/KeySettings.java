package org.rapport.masterkey;

import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The keys that sign tokens, and the master key that protects them in the database.
 *
 * @param masterKeyFile file with 32 random bytes in base64, readable by its owner only; made when missing; every
 *     instance on one database needs the same; further lines are former keys, which decrypt only; unset means master.key
 *     in the data directory
 * @param masterKeyCommand program, with its arguments separated by commas, that prints the same within 10 seconds
 *     instead, such as the command line of a key management service; run once at each start
 * @param rotateEvery how long a key signs, such as 90d
 * @param overlap how long a new key is published before it signs and an old one after it has signed; longer than any
 *     token lives, at least 31m
 */
@Validated
@ConfigurationProperties("rapport.keys")
public record KeySettings(
        @Nullable Path masterKeyFile,
        @DefaultValue List<String> masterKeyCommand,

        @NotNull @DurationMin(hours = 1) @DefaultValue("90d")
        Duration rotateEvery,

        @NotNull @DurationMin(minutes = 31) @DefaultValue("1h")
        Duration overlap) {

    /** Keeps its own copy of the command. */
    public KeySettings {
        masterKeyCommand = List.copyOf(masterKeyCommand);
    }
}
