package org.rapport.server;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where Rapport is reached and where it keeps its files.
 *
 * @param baseUrl the origin under which browsers, apps and devices reach this server, without a path, such as
 *     https://rapport.example.org; also the OAuth issuer. Default: http://127.0.0.1 with the HTTP port
 * @param bindAddress the address that every port listens on, such as 127.0.0.1, or 0.0.0.0 for all interfaces
 * @param dataDir the folder for the embedded database, the broker's journal, the search index and generated secrets;
 *     it belongs to one process at a time
 */
@Validated
@ConfigurationProperties("rapport")
public record ServerSettings(
        @Nullable String baseUrl,
        @NotBlank @DefaultValue("127.0.0.1") String bindAddress,
        @NotNull @DefaultValue("data") Path dataDir) {}
