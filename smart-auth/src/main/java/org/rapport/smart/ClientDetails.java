package org.rapport.smart;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a client may have beside its way to sign in.
 *
 * @param mayLaunch whether it may create launch contexts for other apps, as an EHR does
 * @param origins where its pages come from besides the origins of its redirect URIs, such as {@code https://app.example.org}
 * @param clientUri a page about it; null for none
 * @param contacts addresses of the people behind it
 * @param postLogoutRedirectUris exact addresses to which it may have a browser sent after it signed its user out
 */
public record ClientDetails(
        boolean mayLaunch,
        Set<String> origins,
        @Nullable String clientUri,
        List<String> contacts,
        Set<String> postLogoutRedirectUris) {

    /** Nothing. */
    public static final ClientDetails NONE = new ClientDetails(false, Set.of(), null, List.of(), Set.of());

    /** Keeps its own copies. */
    public ClientDetails {
        origins = Set.copyOf(origins);
        contacts = List.copyOf(contacts);
        postLogoutRedirectUris = Set.copyOf(postLogoutRedirectUris);
    }

    /** The same with or without the right to launch. */
    public ClientDetails withLaunch(boolean allowed) {
        return new ClientDetails(allowed, origins, clientUri, contacts, postLogoutRedirectUris);
    }

    /** The same with other addresses after signing out. */
    public ClientDetails withPostLogoutRedirectUris(Set<String> addresses) {
        return new ClientDetails(mayLaunch, origins, clientUri, contacts, addresses);
    }
}
