package org.rapport.admin.client.spring;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.rapport.smart.Clients.RegisteredApp;

/**
 * An application as administrators see it.
 *
 * @param type {@code public}, {@code confidential} or {@code backend}
 * @param proof {@code none}, {@code secret}, {@code jwks} or {@code jwks_uri}
 * @param postLogoutRedirectUris where it may have a browser sent after it signed its user out
 * @param jwksUri where its keys are; null where they are not fetched
 * @param enabled whether it may do anything
 * @param createdBy user name of who registered it
 */
record ClientView(
        String clientId,
        String type,
        String name,
        String proof,
        @Nullable String jwksUri,
        List<String> redirectUris,
        List<String> postLogoutRedirectUris,
        List<String> scopes,
        List<String> origins,
        boolean mayLaunch,
        boolean enabled,
        String createdBy,
        Instant createdAt,
        Instant changedAt) {

    static ClientView of(RegisteredApp app) {
        return new ClientView(
                app.clientId(),
                app.type().name().toLowerCase(Locale.ROOT),
                app.name(),
                proof(app),
                app.proof().jwksUri(),
                app.redirectUris().stream().sorted().toList(),
                app.details().postLogoutRedirectUris().stream().sorted().toList(),
                app.scopes().stream().sorted().toList(),
                app.details().origins().stream().sorted().toList(),
                app.mayLaunch(),
                app.status().enabled(),
                app.status().createdBy(),
                app.status().createdAt(),
                app.status().changedAt());
    }

    private static String proof(RegisteredApp app) {
        if (app.proof().secretHash() != null) {
            return "secret";
        }
        if (app.proof().jwks() != null) {
            return "jwks";
        }
        return app.proof().jwksUri() == null ? "none" : "jwks_uri";
    }
}
