package org.rapport.smart.spring;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.rapport.access.PublicOrigin;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenIntrospection;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2TokenIntrospectionAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.http.converter.OAuth2TokenIntrospectionHttpMessageConverter;

/**
 * Tells another resource server what a token opens, with the launch context.
 *
 * @see <a href="https://hl7.org/fhir/smart-app-launch/STU2.2/token-introspection.html">SMART token introspection</a>
 */
record Introspection(PublicOrigin origin) {

    private static final String FHIR_USER = "fhirUser";

    /** Writes the answer; the user's resource is named as in the ID token, in full and only where the scope allows it. */
    void answer(HttpServletRequest request, HttpServletResponse response, Authentication authentication)
            throws IOException {
        var introspection = ((OAuth2TokenIntrospectionAuthenticationToken) authentication).getTokenClaims();
        Map<String, Object> claims = new HashMap<>(introspection.getClaims());
        var user = claims.remove(FHIR_USER);
        var scopes = Objects.requireNonNullElse(introspection.getScopes(), List.<String>of());
        boolean allowed = scopes.stream()
                .flatMap(text -> Arrays.stream(text.split(" ", -1)))
                .anyMatch(FHIR_USER::equals);
        if (user != null && allowed) {
            claims.put(FHIR_USER, origin.fhirBase() + '/' + user);
        }
        response.setHeader("Cache-Control", "no-store");
        new OAuth2TokenIntrospectionHttpMessageConverter()
                .write(
                        OAuth2TokenIntrospection.withClaims(claims).build(),
                        null,
                        new ServletServerHttpResponse(response));
    }
}
