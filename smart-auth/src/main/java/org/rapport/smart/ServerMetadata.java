package org.rapport.smart;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rapport.access.PublicOrigin;

/**
 * What the server says of itself in its three metadata documents: what works, and nothing else.
 *
 * @param registers whether applications may be registered at {@code /oauth2/register}
 * @see <a href="https://hl7.org/fhir/smart-app-launch/STU2.2/conformance.html">SMART conformance</a>
 */
public record ServerMetadata(PublicOrigin origin, boolean registers) {

    private static final List<String> GRANTS = List.of(
            "authorization_code",
            "client_credentials",
            "refresh_token",
            "urn:ietf:params:oauth:grant-type:token-exchange");
    private static final List<String> CLIENT_AUTHENTICATION =
            List.of("client_secret_basic", "client_secret_post", "private_key_jwt");
    private static final List<String> ASSERTION_ALGORITHMS = List.of("RS384", "ES384");
    private static final List<String> SCOPES = List.of(
            "openid",
            "fhirUser",
            "profile",
            "launch",
            "launch/patient",
            "offline_access",
            "online_access",
            "patient/*.cruds",
            "user/*.cruds",
            "system/*.cruds");
    private static final List<String> CAPABILITIES = List.of(
            "launch-ehr",
            "launch-standalone",
            "authorize-post",
            "client-public",
            "client-confidential-symmetric",
            "client-confidential-asymmetric",
            "sso-openid-connect",
            "context-banner",
            "context-style",
            "context-ehr-patient",
            "context-ehr-encounter",
            "context-standalone-patient",
            "permission-offline",
            "permission-online",
            "permission-patient",
            "permission-user",
            "permission-v1",
            "permission-v2");

    /** Endpoints and abilities that Spring Authorization Server names and this server does not have. */
    private static final List<String> ABSENT = List.of(
            "device_authorization_endpoint",
            "userinfo_endpoint",
            "registration_endpoint",
            "pushed_authorization_request_endpoint",
            "tls_client_certificate_bound_access_tokens",
            "dpop_signing_alg_values_supported");

    /** Corrects the claims of a metadata document of Spring Authorization Server. */
    public void correct(Map<String, Object> claims) {
        ABSENT.forEach(claims::remove);
        addRegistration(claims);
        claims.put("grant_types_supported", GRANTS);
        claims.put("scopes_supported", SCOPES);
        claims.put("authorization_response_iss_parameter_supported", true);
        claims.put("request_parameter_supported", false);
        claims.put("request_uri_parameter_supported", false);
        List.of("token", "revocation", "introspection").forEach(endpoint -> {
            claims.put(endpoint + "_endpoint_auth_methods_supported", CLIENT_AUTHENTICATION);
            claims.put(endpoint + "_endpoint_auth_signing_alg_values_supported", ASSERTION_ALGORITHMS);
        });
    }

    /** The content of {@code .well-known/smart-configuration}. */
    public Map<String, Object> smartConfiguration() {
        var document = new LinkedHashMap<String, Object>();
        document.put("issuer", origin.baseUrl());
        document.put("jwks_uri", at("/oauth2/jwks"));
        document.put("authorization_endpoint", at("/oauth2/authorize"));
        document.put("token_endpoint", at("/oauth2/token"));
        document.put("introspection_endpoint", at("/oauth2/introspect"));
        document.put("revocation_endpoint", at("/oauth2/revoke"));
        document.put("management_endpoint", at("/account"));
        addRegistration(document);
        document.put("token_endpoint_auth_methods_supported", CLIENT_AUTHENTICATION);
        document.put("token_endpoint_auth_signing_alg_values_supported", ASSERTION_ALGORITHMS);
        document.put("grant_types_supported", GRANTS);
        document.put("response_types_supported", List.of("code"));
        document.put("scopes_supported", SCOPES);
        document.put("code_challenge_methods_supported", List.of("S256"));
        document.put("capabilities", CAPABILITIES);
        return document;
    }

    private void addRegistration(Map<String, Object> document) {
        if (registers) {
            document.put("registration_endpoint", at("/oauth2/register"));
        }
    }

    private String at(String path) {
        return origin.baseUrl() + path;
    }
}
