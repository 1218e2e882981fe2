package org.rapport.smart.spring;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rapport.access.RegisteredOrigins;
import org.rapport.access.spring.RegisteredCors;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsConfigurationSource;

/**
 * What scripts in browsers may call of the authorization server: documents from any origin, the endpoints for apps from the
 * origin of a registered one, pages for people from none. Cookies never count.
 */
public final class OAuthCors implements CorsConfigurationSource {

    private static final Set<String> DOCUMENTS =
            Set.of("/oauth2/jwks", "/.well-known/oauth-authorization-server", "/.well-known/openid-configuration");

    private static final List<String> POST = List.of("POST");

    private final Map<String, RegisteredCors> endpoints;

    /** Lets the apps of these origins call the endpoints. */
    public OAuthCors(RegisteredOrigins origins) {
        var post = new RegisteredCors(origins, POST);
        this.endpoints = Map.of("/oauth2/token", post, "/oauth2/revoke", post, "/oauth2/introspect", post);
    }

    @Override
    public @Nullable CorsConfiguration getCorsConfiguration(HttpServletRequest request) {
        var path = request.getRequestURI();
        if (DOCUMENTS.contains(path)) {
            return anyoneMayRead();
        }
        var endpoint = endpoints.get(path);
        return endpoint == null ? null : endpoint.getCorsConfiguration(request);
    }

    /** What says nothing secret. */
    private static CorsConfiguration anyoneMayRead() {
        var anyone = new CorsConfiguration();
        anyone.addAllowedOrigin(CorsConfiguration.ALL);
        anyone.setAllowedMethods(List.of("GET", "HEAD"));
        return anyone;
    }
}
