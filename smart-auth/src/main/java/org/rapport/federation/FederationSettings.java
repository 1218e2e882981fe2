package org.rapport.federation;

import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Outside OpenID Connect providers that people may sign in by.
 *
 * @param providers each under a short name that becomes part of its address, such as hospital; for each issuer (https address),
 *     client-id, client-secret-file (readable by its owner only; without it the client is public), display-name,
 *     required-claims (claims that the ID token must have with these values), second-factor-amr and second-factor-acr
 *     (values by which the provider vouches for a second factor; without one ours is asked)
 */
@ConfigurationProperties("rapport.federation")
public record FederationSettings(Map<String, OutsideProvider> providers) {

    public FederationSettings {
        providers = providers == null ? Map.of() : Map.copyOf(providers);
        providers.keySet().stream()
                .filter(name -> !name.matches("[a-z0-9-]{1,30}"))
                .findFirst()
                .ifPresent(name -> {
                    throw new IllegalArgumentException("Provider name \"" + name + "\" is not made of a-z, 0-9 and -.");
                });
    }
}
