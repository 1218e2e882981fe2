package org.rapport.registration;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.text.ParseException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.rapport.registration.RefusedRegistration.Reason;
import org.rapport.smart.ClientDetails;
import org.rapport.smart.ClientProof;
import org.rapport.smart.ClientRegistration;

/**
 * What a developer says of an application.
 *
 * @param method how it authenticates at the token endpoint
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7591#section-2">RFC 7591, section 2</a>
 */
record ClientMetadata(
        String name, String method, List<String> redirectUris, List<String> scopes, Map<String, Object> members) {

    private static final int MOST_REDIRECTS = 10;
    private static final int MOST_CONTACTS = 5;
    private static final int MOST_MEMBERS = 50;
    private static final int LONGEST = 200;
    private static final int LONGEST_SCOPE = 2000;
    private static final String NONE = "none";
    private static final String BY_KEY = "private_key_jwt";
    private static final Set<String> METHODS = Set.of(NONE, "client_secret_basic", "client_secret_post", BY_KEY);
    private static final Set<String> GRANTS = Set.of("authorization_code", "refresh_token");
    private static final String USUAL_SCOPE = "openid fhirUser launch/patient patient/*.rs";

    /**
     * Reads and judges metadata.
     *
     * @throws RefusedRegistration when they cannot be registered
     */
    static ClientMetadata parse(String json) {
        var members = members(json);
        var method = text(members, "token_endpoint_auth_method", "client_secret_basic", LONGEST);
        require(METHODS.contains(method), "token_endpoint_auth_method");
        var grants = list(members, "grant_types", List.of("authorization_code"), GRANTS.size());
        require(GRANTS.containsAll(grants) && grants.contains("authorization_code"), "grant_types");
        require(list(members, "response_types", List.of("code"), 1).equals(List.of("code")), "response_types");
        require(
                Set.of("RS384", "ES384").contains(text(members, "token_endpoint_auth_signing_alg", "RS384", LONGEST)),
                "token_endpoint_auth_signing_alg");
        var redirects = redirects(members, method.equals(NONE));
        var scope = text(members, "scope", USUAL_SCOPE, LONGEST_SCOPE);
        var name = text(members, "client_name", "", LONGEST);
        require(!name.isBlank(), "client_name");
        return new ClientMetadata(name, method, redirects, List.of(scope.strip().split(" +")), members);
    }

    /** Whether the server draws a secret for it. */
    boolean hasSecret() {
        return method.startsWith("client_secret");
    }

    /**
     * What is registered.
     *
     * @param secret for one that has one
     * @throws RefusedRegistration when the parts do not fit each other
     */
    ClientRegistration registration(String clientId, String secret) {
        var type = method.equals(NONE) ? ClientRegistration.Type.PUBLIC : ClientRegistration.Type.CONFIDENTIAL;
        var contacts = list(members, "contacts", List.of(), MOST_CONTACTS);
        var uri = members.containsKey("client_uri") ? text(members, "client_uri", "", LONGEST) : null;
        require(uri == null || RedirectRules.allow(uri, false), "client_uri");
        try {
            return new ClientRegistration(
                    clientId,
                    type,
                    name,
                    proof(secret),
                    Set.copyOf(redirectUris),
                    Set.copyOf(scopes),
                    new ClientDetails(false, Set.of(), uri, contacts, goodbyes()));
        } catch (IllegalArgumentException e) {
            throw refused(Reason.INVALID_CLIENT_METADATA, "scope, or another member that does not fit the others");
        }
    }

    /** @see <a href="https://openid.net/specs/openid-connect-rpinitiated-1_0.html#ClientMetadata">RP-Initiated Logout, section 3.1</a> */
    private Set<String> goodbyes() {
        var uris = list(members, "post_logout_redirect_uris", List.of(), MOST_REDIRECTS);
        require(
                uris.stream().allMatch(uri -> RedirectRules.allow(uri, method.equals(NONE))),
                "post_logout_redirect_uris");
        return Set.copyOf(new LinkedHashSet<>(uris));
    }

    private ClientProof proof(String secret) {
        boolean byKey = method.equals(BY_KEY);
        var uri = members.get("jwks_uri");
        var keys = members.get("jwks");
        require(byKey ? (uri == null) != (keys == null) : uri == null && keys == null, "jwks or jwks_uri");
        if (uri != null) {
            return new ClientProof.KeysAt(text(members, "jwks_uri", "", 1000));
        }
        if (keys instanceof Map<?, ?> set) {
            return new ClientProof.Keys(JSONObjectUtils.toJSONString(named(set)));
        }
        require(!byKey, "jwks");
        return method.equals(NONE) ? new ClientProof.Nothing() : new ClientProof.Secret(secret);
    }

    private static Map<String, ?> named(Map<?, ?> set) {
        var keys = set.get("keys");
        require(keys != null, "jwks");
        return Map.of("keys", keys);
    }

    private static List<String> redirects(Map<String, Object> members, boolean onDevice) {
        var uris = members.get("redirect_uris");
        if (!(uris instanceof List<?> given) || given.isEmpty() || given.size() > MOST_REDIRECTS) {
            throw refused(Reason.INVALID_REDIRECT_URI, "1 to 10 redirect_uris are expected");
        }
        for (var uri : given) {
            if (!(uri instanceof String text) || !RedirectRules.allow(text, onDevice)) {
                throw refused(
                        Reason.INVALID_REDIRECT_URI,
                        "redirect_uris are https addresses, or loopback addresses and private-use schemes of a public"
                                + " client");
            }
        }
        return given.stream().map(String::valueOf).distinct().toList();
    }

    private static Map<String, Object> members(String json) {
        // the parser takes an empty array for an empty object
        require(json.strip().startsWith("{"), "the body, a JSON object");
        try {
            var members = JSONObjectUtils.parse(json);
            require(members.size() <= MOST_MEMBERS, "fewer members");
            return members;
        } catch (ParseException e) {
            throw refused(Reason.INVALID_CLIENT_METADATA, "a JSON object is expected");
        }
    }

    private static String text(Map<String, Object> members, String name, String usual, int longest) {
        var value = members.getOrDefault(name, usual);
        if (value instanceof String text && text.length() <= longest) {
            return text;
        }
        throw refused(Reason.INVALID_CLIENT_METADATA, name + " is a text of at most " + longest + " characters");
    }

    private static List<String> list(Map<String, Object> members, String name, List<String> usual, int most) {
        var value = members.getOrDefault(name, usual);
        if (value instanceof List<?> texts
                && texts.size() <= most
                && texts.stream().allMatch(text -> text instanceof String one && one.length() <= LONGEST)) {
            return texts.stream().map(String::valueOf).toList();
        }
        throw refused(Reason.INVALID_CLIENT_METADATA, name + " is a list of at most " + most + " texts");
    }

    private static void require(boolean good, String name) {
        if (!good) {
            throw refused(Reason.INVALID_CLIENT_METADATA, "another value is expected of " + name);
        }
    }

    private static RefusedRegistration refused(Reason reason, String description) {
        return new RefusedRegistration(reason, description);
    }
}
