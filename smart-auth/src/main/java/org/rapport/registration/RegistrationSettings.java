package org.rapport.registration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whether applications may be registered by their developers.
 *
 * @param enabled whether /oauth2/register is there; each registration needs an initial access token, which an
 *     administrator makes
 */
@ConfigurationProperties("rapport.registration")
public record RegistrationSettings(@DefaultValue("false") boolean enabled) {}
