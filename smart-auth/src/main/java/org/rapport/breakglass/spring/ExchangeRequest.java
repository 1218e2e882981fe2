package org.rapport.breakglass.spring;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.rapport.access.PublicOrigin;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationGrantAuthenticationToken;
import org.springframework.security.web.authentication.AuthenticationConverter;

/**
 * An application's wish to exchange the access token it has for one of an emergency.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8693#section-2.1">RFC 8693, 2.1</a>
 */
final class ExchangeRequest extends OAuth2AuthorizationGrantAuthenticationToken {

    /** What is exchanged and what comes of it. */
    static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";

    private static final long serialVersionUID = 1L;
    private static final String RESOURCE = "resource";
    private static final String WRONG_RESOURCE = "invalid_target";
    private static final Pattern PATIENT = Pattern.compile("/Patient/([A-Za-z0-9\\-.]{1,64})");

    private final String subjectToken;
    private final String patient;

    private ExchangeRequest(Authentication client, String subjectToken, String patient) {
        super(AuthorizationGrantType.TOKEN_EXCHANGE, client, Map.of());
        this.subjectToken = subjectToken;
        this.patient = patient;
    }

    /** Reads the parameters of a token request; the {@code resource} is the patient's address under the FHIR base. */
    static AuthenticationConverter converter(PublicOrigin origin) {
        return request -> AuthorizationGrantType.TOKEN_EXCHANGE
                        .getValue()
                        .equals(request.getParameter(OAuth2ParameterNames.GRANT_TYPE))
                ? read(request, origin)
                : null;
    }

    private static @Nullable Authentication read(HttpServletRequest request, PublicOrigin origin) {
        var requested = request.getParameter(OAuth2ParameterNames.REQUESTED_TOKEN_TYPE);
        if (!one(request, OAuth2ParameterNames.SUBJECT_TOKEN_TYPE).equals(ACCESS_TOKEN)
                || (requested != null && !requested.equals(ACCESS_TOKEN))) {
            throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_REQUEST);
        }
        var resource = one(request, RESOURCE);
        var patient = PATIENT.matcher(
                resource.startsWith(origin.fhirBase())
                        ? resource.substring(origin.fhirBase().length())
                        : "");
        if (!patient.matches()) {
            throw new OAuth2AuthenticationException(WRONG_RESOURCE);
        }
        return new ExchangeRequest(
                SecurityContextHolder.getContext().getAuthentication(),
                one(request, OAuth2ParameterNames.SUBJECT_TOKEN),
                patient.group(1));
    }

    private static String one(HttpServletRequest request, String name) {
        var values = request.getParameterValues(name);
        if (values == null || values.length != 1 || values[0].isEmpty()) {
            throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_REQUEST);
        }
        return values[0];
    }

    String subjectToken() {
        return subjectToken;
    }

    /** Logical id. */
    String patient() {
        return patient;
    }
}
