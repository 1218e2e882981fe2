package org.rapport.smart;

import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An application to be registered.
 *
 * @param clientId letters, digits and {@code . _ -}, at most 100
 * @param name what people are shown
 * @param secret of a confidential client, at least 16 characters, stored as a hash; null for the others
 * @param jwks public keys (JSON Web Key Set) of a backend client, RS384 or ES384; null for the others
 * @param redirectUris exact addresses; {@code http://127.0.0.1/…} of a public client stands for any port
 * @param scopes the most it can be given; {@code system/…} only and always for a backend client
 */
public record ClientRegistration(
        String clientId,
        Type type,
        String name,
        @Nullable String secret,
        @Nullable String jwks,
        Set<String> redirectUris,
        Set<String> scopes) {

    private static final Pattern CLIENT_ID = Pattern.compile("[A-Za-z0-9._-]{1,100}");
    private static final int SHORTEST_SECRET = 16;

    /** How a client proves who it is. */
    public enum Type {
        /** It cannot keep a secret: an app on a phone or in a browser. */
        PUBLIC,
        /** A web application with a secret. */
        CONFIDENTIAL,
        /** A service without a user, by private_key_jwt. */
        BACKEND
    }

    public ClientRegistration {
        redirectUris = Set.copyOf(redirectUris);
        scopes = Set.copyOf(scopes);
        require(CLIENT_ID.matcher(clientId).matches(), "a client id of letters, digits or . _ -");
        require((type == Type.CONFIDENTIAL) == (secret != null), "a secret for a confidential client and no other");
        require(secret == null || secret.length() >= SHORTEST_SECRET, "a secret of at least 16 characters");
        require((type == Type.BACKEND) == (jwks != null), "public keys for a backend client and no other");
        require((type == Type.BACKEND) == redirectUris.isEmpty(), "redirect URIs for every client with users");
        redirectUris.forEach(uri -> require(isRedirect(uri), "absolute redirect URIs without fragment, not " + uri));
        var system = type == Type.BACKEND;
        scopes.forEach(scope ->
                require(SmartScope.isKnown(scope) && isSystem(scope) == system, "another scope than " + scope));
    }

    /** A client on the user's own device. */
    public static ClientRegistration publicClient(
            String clientId, String name, Set<String> redirectUris, Set<String> scopes) {
        return new ClientRegistration(clientId, Type.PUBLIC, name, null, null, redirectUris, scopes);
    }

    /** A web application that keeps a secret. */
    public static ClientRegistration confidentialClient(
            String clientId, String name, String secret, Set<String> redirectUris, Set<String> scopes) {
        return new ClientRegistration(clientId, Type.CONFIDENTIAL, name, secret, null, redirectUris, scopes);
    }

    /** A service without a user. */
    public static ClientRegistration backendClient(String clientId, String name, String jwks, Set<String> scopes) {
        return new ClientRegistration(clientId, Type.BACKEND, name, null, jwks, Set.of(), scopes);
    }

    /** The description without the secret. */
    @Override
    public String toString() {
        return "ClientRegistration[clientId=%s, type=%s, scopes=%s]".formatted(clientId, type, scopes);
    }

    private static boolean isSystem(String scope) {
        return scope.startsWith("system/");
    }

    /** Schemes that a browser would run or read as content are no place to send a code. */
    private static boolean isRedirect(String text) {
        try {
            var uri = URI.create(text);
            return uri.isAbsolute()
                    && uri.getRawFragment() == null
                    && !Set.of("javascript", "data", "file", "blob", "about", "vbscript")
                            .contains(uri.getScheme().toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static void require(boolean good, String expected) {
        if (!good) {
            throw new IllegalArgumentException("A client registration needs " + expected + ".");
        }
    }
}
