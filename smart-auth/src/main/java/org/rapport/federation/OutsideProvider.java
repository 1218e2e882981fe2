package org.rapport.federation;

import java.net.URI;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * An outside provider, and what it is believed.
 *
 * @param issuer its https address; http only on this machine
 * @param clientId what it calls us
 * @param clientSecretFile file with the secret that it gave us; null for a public client
 * @param displayName what people call it
 * @param requiredClaims values that its ID tokens must have
 * @param secondFactorAmr values of {@code amr} by which it vouches for a second factor
 * @param secondFactorAcr values of {@code acr} by which it does
 */
public record OutsideProvider(
        URI issuer,
        String clientId,
        @Nullable Path clientSecretFile,
        String displayName,
        @DefaultValue Map<String, String> requiredClaims,
        @DefaultValue List<String> secondFactorAmr,
        @DefaultValue List<String> secondFactorAcr) {

    public OutsideProvider {
        requiredClaims = Map.copyOf(requiredClaims);
        secondFactorAmr = List.copyOf(secondFactorAmr);
        secondFactorAcr = List.copyOf(secondFactorAcr);
        if (!"https".equals(issuer.getScheme()) && !isThisMachine(issuer)) {
            throw new IllegalArgumentException(
                    "The issuer " + issuer + " of an outside provider must be an https address.");
        }
    }

    /** Whether an ID token has all that is asked of it. */
    public boolean admits(Map<String, Object> claims) {
        return requiredClaims.entrySet().stream()
                .allMatch(required -> holds(claims.get(required.getKey()), required.getValue()));
    }

    /** Whether an ID token vouches for a second factor, by a value that is named for it here. */
    public boolean vouchesForFactor(Map<String, Object> claims) {
        return secondFactorAmr.stream().anyMatch(method -> holds(claims.get("amr"), method))
                || secondFactorAcr.stream().anyMatch(level -> holds(claims.get("acr"), level));
    }

    private static boolean holds(@Nullable Object claim, String value) {
        return claim instanceof Collection<?> several
                ? several.stream().map(String::valueOf).anyMatch(value::equals)
                : value.equals(Objects.toString(claim, null));
    }

    private static boolean isThisMachine(URI issuer) {
        return "http".equals(issuer.getScheme())
                && ("127.0.0.1".equals(issuer.getHost()) || "localhost".equals(issuer.getHost()));
    }
}
