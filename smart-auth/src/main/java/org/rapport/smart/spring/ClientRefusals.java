package org.rapport.smart.spring;

import com.nimbusds.jwt.JWTParser;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rapport.audit.Agent;
import org.rapport.audit.SecurityEvent;
import org.rapport.audit.Strangers;
import org.rapport.smart.Clients;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;

/**
 * Leaves an audit row for each client that did not prove who it is; of a flood, a count.
 *
 * @param clients of which alone the ids are written down: another word may be a secret in the wrong place
 * @param log takes the rows
 */
record ClientRefusals(Clients clients, Strangers log) {

    private static final String BASIC = "Basic ";

    void record(HttpServletRequest request, AuthenticationException why) {
        var code = why instanceof OAuth2AuthenticationException refusal
                ? refusal.getError().getErrorCode()
                : OAuth2ErrorCodes.INVALID_CLIENT;
        var client = named(request).filter(id -> clients.find(id).isPresent()).orElse("");
        log.record(SecurityEvent.failed(
                SecurityEvent.Kind.CLIENT_AUTHENTICATION,
                Agent.unknown(request.getRemoteAddr()),
                client,
                code + " by " + proof(request)));
    }

    /** An assertion of a client, signed by it, came a second time. */
    void replayed(String clientId) {
        log.record(SecurityEvent.failed(
                SecurityEvent.Kind.TOKEN_REUSED, Agent.client(clientId, TokenAudit.address()), clientId, "assertion"));
    }

    private static String proof(HttpServletRequest request) {
        if (request.getHeader("Authorization") != null) {
            return "header";
        }
        if (request.getParameter(OAuth2ParameterNames.CLIENT_ASSERTION) != null) {
            return "assertion";
        }
        return request.getParameter(OAuth2ParameterNames.CLIENT_SECRET) == null ? "nothing" : "secret";
    }

    private static Optional<String> named(HttpServletRequest request) {
        return Optional.ofNullable(request.getParameter(OAuth2ParameterNames.CLIENT_ID))
                .or(() -> subject(request.getParameter(OAuth2ParameterNames.CLIENT_ASSERTION)))
                .or(() -> basic(request.getHeader("Authorization")));
    }

    private static Optional<String> subject(@Nullable String assertion) {
        try {
            return assertion == null
                    ? Optional.empty()
                    : Optional.ofNullable(
                            JWTParser.parse(assertion).getJWTClaimsSet().getSubject());
        } catch (ParseException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> basic(@Nullable String header) {
        if (header == null || !header.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return Optional.empty();
        }
        try {
            var pair = new String(
                    Base64.getDecoder().decode(header.substring(BASIC.length()).strip()), StandardCharsets.UTF_8);
            return Optional.of(URLDecoder.decode(pair.split(":", 2)[0], StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
