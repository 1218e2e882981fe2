package org.rapport.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.rapport.access.Caller;
import org.rapport.access.Scope;

/** Who wrote a Subscription, in the form it is kept in: deliveries are judged by what this caller may see. */
final class Author {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Author() {}

    private record Kept(
            String subject,
            String clientId,
            List<String> roles,
            String scope,
            @Nullable String fhirUser,
            @Nullable String patient) {}

    static String json(Caller caller) {
        var kept = new Kept(
                caller.subject(),
                caller.clientId(),
                caller.roles().stream().map(Caller.Role::claim).sorted().toList(),
                caller.scopes().stream().map(Scope::text).collect(Collectors.joining(" ")),
                caller.fhirUser().orElse(null),
                caller.patient().orElse(null));
        try {
            return JSON.writeValueAsString(kept);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static Caller of(String json) {
        try {
            var kept = JSON.readValue(json, Kept.class);
            return new Caller(
                    kept.subject(),
                    kept.clientId(),
                    kept.roles().stream()
                            .flatMap(role -> Caller.Role.ofClaim(role).stream())
                            .collect(Collectors.toUnmodifiableSet()),
                    Scope.parseAll(kept.scope()),
                    Optional.ofNullable(kept.fhirUser()),
                    Optional.ofNullable(kept.patient()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The author of a subscription is not what this server wrote.", e);
        }
    }
}
