package org.rapport.password;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What is asked of people's passwords beyond the built-in rules.
 *
 * @param breachedPasswordsFile file of breached passwords: lines HASH:COUNT sorted by SHA-1, as Have I Been Pwned offers to
 *     download; searched where it lies; unset means that only the built-in list of common passwords is asked
 */
@ConfigurationProperties("rapport.accounts")
public record PasswordSettings(@Nullable Path breachedPasswordsFile) {}
