package org.rapport.smart;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where the key is that protects signing keys in the database.
 *
 * @param masterKeyFile file with 32 random bytes in base64, readable by its owner only; made when missing; every
 *     instance on one database needs the same; unset means master.key in the data directory
 */
@ConfigurationProperties("rapport.keys")
public record KeySettings(@Nullable Path masterKeyFile) {}
