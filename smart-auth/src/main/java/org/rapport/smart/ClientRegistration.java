package org.rapport.smart;

import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.rapport.access.PublicOrigin;

/**
 * An application to be registered.
 *
 * @param clientId letters, digits and {@code . _ -}, at most 100
 * @param name what people are shown, at most 100 characters
 * @param proof fits the type: nothing of a public client, keys of a backend client, either keys or a secret of a
 *     confidential one
 * @param redirectUris exact addresses; {@code http://127.0.0.1/…} of a public client stands for any port
 * @param scopes the most it can be given; {@code system/…} only and always for a backend client
 */
public record ClientRegistration(
        String clientId,
        Type type,
        String name,
        ClientProof proof,
        Set<String> redirectUris,
        Set<String> scopes,
        ClientDetails details) {

    private static final Pattern CLIENT_ID = Pattern.compile("[A-Za-z0-9._-]{1,100}");
    private static final int SHORTEST_SECRET = 16;
    private static final int LONGEST_NAME = 100;

    /** Schemes that a browser would run or read as content are no place to send a code. */
    private static final Set<String> ACTIVE =
            Set.of("javascript", "data", "file", "blob", "about", "vbscript", "view-source", "filesystem");

    /** What kind of application it is. */
    public enum Type {
        /** It cannot keep a secret: an app on a phone or in a browser. */
        PUBLIC,
        /** A web application with a secret or a key. */
        CONFIDENTIAL,
        /** A service without a user, by private_key_jwt. */
        BACKEND
    }

    /**
     * Checks that the parts fit each other.
     *
     * @throws IllegalArgumentException when they do not; the message says what was expected
     */
    public ClientRegistration {
        redirectUris = Set.copyOf(redirectUris);
        scopes = Set.copyOf(scopes);
        require(CLIENT_ID.matcher(clientId).matches(), "a client id of letters, digits or . _ -");
        require(!name.isBlank() && name.length() <= LONGEST_NAME, "a name of at most 100 characters");
        require(fits(type, proof), "nothing, a secret or keys, as its type asks for");
        require(
                !(proof instanceof ClientProof.Secret secret) || secret.value().length() >= SHORTEST_SECRET,
                "a secret of at least 16 characters");
        require((type == Type.BACKEND) == redirectUris.isEmpty(), "redirect URIs for every client with users");
        redirectUris.forEach(uri -> require(isRedirect(uri), "absolute redirect URIs without fragment, not " + uri));
        details.postLogoutRedirectUris()
                .forEach(uri ->
                        require(isRedirect(uri), "absolute post-logout redirect URIs without fragment, not " + uri));
        details.origins().forEach(origin -> require(isOrigin(origin), "origins without a path, not " + origin));
        var system = type == Type.BACKEND;
        scopes.forEach(scope ->
                require(SmartScope.isKnown(scope) && isSystem(scope) == system, "another scope than " + scope));
    }

    /** A client on the user's own device. */
    public static ClientRegistration publicClient(
            String clientId, String name, Set<String> redirectUris, Set<String> scopes) {
        return withUsers(clientId, Type.PUBLIC, name, new ClientProof.Nothing(), redirectUris, scopes);
    }

    /** A web application that keeps a secret. */
    public static ClientRegistration confidentialClient(
            String clientId, String name, String secret, Set<String> redirectUris, Set<String> scopes) {
        return withUsers(clientId, Type.CONFIDENTIAL, name, new ClientProof.Secret(secret), redirectUris, scopes);
    }

    /** A web application that signs its assertions. */
    public static ClientRegistration asymmetricClient(
            String clientId, String name, ClientProof keys, Set<String> redirectUris, Set<String> scopes) {
        return withUsers(clientId, Type.CONFIDENTIAL, name, keys, redirectUris, scopes);
    }

    /** A service without a user. */
    public static ClientRegistration backendClient(String clientId, String name, String jwks, Set<String> scopes) {
        return backendClient(clientId, name, new ClientProof.Keys(jwks), scopes);
    }

    /** A service without a user whose keys are written down or fetched. */
    public static ClientRegistration backendClient(String clientId, String name, ClientProof keys, Set<String> scopes) {
        return withUsers(clientId, Type.BACKEND, name, keys, Set.of(), scopes);
    }

    /** The same with other details. */
    public ClientRegistration with(ClientDetails other) {
        return new ClientRegistration(clientId, type, name, proof, redirectUris, scopes, other);
    }

    private static ClientRegistration withUsers(
            String clientId, Type type, String name, ClientProof proof, Set<String> redirectUris, Set<String> scopes) {
        return new ClientRegistration(clientId, type, name, proof, redirectUris, scopes, ClientDetails.NONE);
    }

    private static boolean fits(Type type, ClientProof proof) {
        return switch (type) {
            case PUBLIC -> proof instanceof ClientProof.Nothing;
            case CONFIDENTIAL -> !(proof instanceof ClientProof.Nothing);
            case BACKEND -> proof instanceof ClientProof.Keys || proof instanceof ClientProof.KeysAt;
        };
    }

    private static boolean isSystem(String scope) {
        return scope.startsWith("system/");
    }

    private static boolean isRedirect(String text) {
        try {
            var uri = URI.create(text);
            return uri.isAbsolute()
                    && uri.getRawFragment() == null
                    && !ACTIVE.contains(uri.getScheme().toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isOrigin(String text) {
        try {
            return new PublicOrigin(text).baseUrl().equals(text.toLowerCase(Locale.ROOT));
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
