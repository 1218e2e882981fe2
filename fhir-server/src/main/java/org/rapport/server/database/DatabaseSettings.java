package org.rapport.server.database;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The PostgreSQL that holds every piece of state.
 *
 * @param url JDBC URL of an outside PostgreSQL (15 or later), such as jdbc:postgresql://db:5432/rapport; without it
 *     the embedded PostgreSQL starts in the data directory
 * @param user application role at the outside PostgreSQL; it owns its database and is no superuser
 * @param password password of that role
 * @param embeddedPort TCP port of the embedded PostgreSQL on 127.0.0.1, 1 to 65535
 * @param connections the most connections held at once, at least 5
 * @param statementTimeout how long one SQL statement may take before it is cancelled, such as 30s
 */
@Validated
@ConfigurationProperties("rapport.database")
public record DatabaseSettings(
        @Nullable String url,
        @Nullable String user,
        @Nullable String password,
        @Min(1) @Max(65_535) @DefaultValue("15432") int embeddedPort,
        @Min(5) @Max(500) @DefaultValue("20") int connections,

        @NotNull @DurationMin(seconds = 1) @DefaultValue("30s")
        Duration statementTimeout) {

    /** The outside PostgreSQL, or empty when the embedded one is to be used. */
    Optional<DatabaseAddress> outside() {
        return Optional.ofNullable(url)
                .filter(text -> !text.isBlank())
                .map(text -> new DatabaseAddress(
                        text,
                        Optional.ofNullable(user).orElse(""),
                        Optional.ofNullable(password).orElse("")));
    }

    @Override
    public String toString() {
        return "DatabaseSettings[url=" + url + ", user=" + user + "]";
    }
}
