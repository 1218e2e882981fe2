package org.rapport.access.spring;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.rapport.access.Caller;
import org.rapport.access.Scope;
import org.rapport.audit.Agent;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;

/** Reads the caller out of the claims of an access token whose signature, issuer, audience and time were checked. */
final class CallerClaims {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9\\-.]{1,64}");
    private static final Pattern FHIR_USER = Pattern.compile("[A-Z][A-Za-z]+/[A-Za-z0-9\\-.]{1,64}");

    private static final Pattern PURPOSE = Pattern.compile("[A-Z]{1,40}");
    private static final int LONGEST_TOKEN_ID = 64;

    private CallerClaims() {}

    /**
     * The caller.
     *
     * @throws InvalidBearerTokenException when a claim is missing that the scopes or the rules need
     */
    static Caller caller(Jwt token) {
        var scopes = Scope.parseAll(text(token, "scope").orElse(""));
        var patient = text(token, "patient");
        var fhirUser = text(token, "fhirUser");
        require(patient.map(id -> ID.matcher(id).matches()).orElse(true), "patient");
        require(fhirUser.map(user -> FHIR_USER.matcher(user).matches()).orElse(true), "fhirUser");
        boolean aboutAPatient = scopes.stream().anyMatch(CallerClaims::needsPatient);
        require(!aboutAPatient || patient.isPresent(), "patient");
        require(!aboutAPatient || fhirUser.isPresent(), "fhirUser");
        return new Caller(
                needed(token, "sub"),
                needed(token, "client_id"),
                roles(token),
                scopes,
                fhirUser,
                patient,
                purpose(token));
    }

    /** By what right the caller acts, for the audit. */
    static Agent.Authority authority(Jwt token) {
        return new Agent.Authority(
                text(token, "jti").map(id -> id.substring(Math.max(0, id.length() - LONGEST_TOKEN_ID))),
                purpose(token));
    }

    private static Optional<String> purpose(Jwt token) {
        return text(token, "purpose_of_use")
                .filter(code -> PURPOSE.matcher(code).matches());
    }

    private static boolean needsPatient(Scope scope) {
        return scope.context() == Scope.Context.PATIENT;
    }

    private static Set<Caller.Role> roles(Jwt token) {
        var claim = token.getClaims().get("roles");
        if (claim == null) {
            return Set.of();
        }
        require(claim instanceof List<?>, "roles");
        return ((List<?>) claim)
                .stream()
                        .map(String::valueOf)
                        .map(Caller.Role::ofClaim)
                        .flatMap(Optional::stream)
                        .collect(Collectors.toUnmodifiableSet());
    }

    private static Optional<String> text(Jwt token, String claim) {
        var value = token.getClaims().get(claim);
        require(value == null || value instanceof String, claim);
        return Optional.ofNullable((String) value);
    }

    private static String needed(Jwt token, String claim) {
        return text(token, claim).filter(value -> !value.isBlank()).orElseThrow(() -> unusable(claim));
    }

    private static void require(boolean holds, String claim) {
        if (!holds) {
            throw unusable(claim);
        }
    }

    private static InvalidBearerTokenException unusable(String claim) {
        return new InvalidBearerTokenException("Access token has no usable claim " + claim);
    }
}
