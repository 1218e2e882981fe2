package org.rapport.registration;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rapport.smart.ClientRegistration;
import org.rapport.smart.Clients.RegisteredApp;

/**
 * What a developer is told of a registered application, without secrets.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7591#section-3.2.1">RFC 7591, section 3.2.1</a>
 */
final class RegistrationAnswer {

    private RegistrationAnswer() {}

    static Map<String, Object> of(RegisteredApp app) {
        var answer = new LinkedHashMap<String, Object>();
        answer.put("client_id", app.clientId());
        answer.put("client_id_issued_at", app.status().createdAt().getEpochSecond());
        answer.put("client_name", app.name());
        answer.put("redirect_uris", app.redirectUris().stream().sorted().toList());
        answer.put("grant_types", List.of("authorization_code", "refresh_token"));
        answer.put("response_types", List.of("code"));
        answer.put("token_endpoint_auth_method", method(app));
        answer.put("scope", String.join(" ", app.scopes().stream().sorted().toList()));
        var goodbyes = app.details().postLogoutRedirectUris();
        if (!goodbyes.isEmpty()) {
            answer.put("post_logout_redirect_uris", goodbyes.stream().sorted().toList());
        }
        if (app.proof().jwksUri() != null) {
            answer.put("jwks_uri", app.proof().jwksUri());
        }
        if (app.details().clientUri() != null) {
            answer.put("client_uri", app.details().clientUri());
        }
        if (!app.details().contacts().isEmpty()) {
            answer.put("contacts", app.details().contacts());
        }
        return answer;
    }

    private static String method(RegisteredApp app) {
        if (app.type() == ClientRegistration.Type.PUBLIC) {
            return "none";
        }
        return app.proof().secretHash() == null ? "private_key_jwt" : "client_secret_basic";
    }
}
