package org.rapport.admin.client.spring;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.rapport.smart.ClientChange;
import org.rapport.smart.ClientDetails;
import org.rapport.smart.ClientProof;
import org.rapport.smart.ClientRegistration;

/**
 * An application as an administrator describes it; what is missing is empty.
 *
 * @param clientId letters, digits and {@code . _ -}
 * @param type {@code public}, {@code confidential} or {@code backend}
 * @param name what people are shown
 * @param redirectUris exact addresses
 * @param postLogoutRedirectUris where it may have a browser sent after it signed its user out
 * @param scopes the most it can be given
 * @param jwks public keys, a JSON Web Key Set
 * @param jwksUri where it publishes them
 * @param mayLaunch whether it may create launch contexts
 * @param origins further origins of its pages
 */
record ClientForm(
        String clientId,
        String type,
        String name,
        List<String> redirectUris,
        List<String> postLogoutRedirectUris,
        List<String> scopes,
        String jwks,
        String jwksUri,
        boolean mayLaunch,
        List<String> origins) {

    private static final Pattern WEB_ADDRESS = Pattern.compile("https?://[^\\s#]{1,500}");

    ClientForm {
        clientId = Objects.requireNonNullElse(clientId, "");
        type = Objects.requireNonNullElse(type, "");
        name = Objects.requireNonNullElse(name, "");
        redirectUris = List.copyOf(Objects.requireNonNullElse(redirectUris, List.of()));
        postLogoutRedirectUris = List.copyOf(Objects.requireNonNullElse(postLogoutRedirectUris, List.of()));
        scopes = List.copyOf(Objects.requireNonNullElse(scopes, List.of()));
        jwks = Objects.requireNonNullElse(jwks, "");
        jwksUri = Objects.requireNonNullElse(jwksUri, "");
        origins = List.copyOf(Objects.requireNonNullElse(origins, List.of()));
    }

    /** The fields of a page's form, in which a list has one entry on each line. */
    static ClientForm ofPage(Map<String, String> fields) {
        return new ClientForm(
                fields.getOrDefault("clientId", ""),
                fields.getOrDefault("type", ""),
                fields.getOrDefault("name", ""),
                lines(fields.get("redirectUris")),
                lines(fields.get("postLogoutRedirectUris")),
                lines(fields.get("scopes")),
                fields.getOrDefault("jwks", ""),
                fields.getOrDefault("jwksUri", ""),
                fields.containsKey("mayLaunch"),
                lines(fields.get("origins")));
    }

    /**
     * What is to be registered.
     *
     * @param newSecret of a confidential client without keys
     * @throws IllegalArgumentException when the parts do not fit
     */
    ClientRegistration registration(String newSecret) {
        var kind = kind();
        var proof = keys().orElseGet(() -> kind == ClientRegistration.Type.CONFIDENTIAL
                ? new ClientProof.Secret(newSecret)
                : new ClientProof.Nothing());
        return new ClientRegistration(
                clientId, kind, name, proof, set(redirectUris), set(scopes), details(null, List.of()));
    }

    private Set<String> afterSignOut() {
        postLogoutRedirectUris.forEach(address -> {
            if (!WEB_ADDRESS.matcher(address).matches()) {
                throw new IllegalArgumentException(
                        "An address after signing out begins with https:// or http:// and has no fragment, unlike "
                                + address);
            }
        });
        return set(postLogoutRedirectUris);
    }

    /** Whether it gets a secret. */
    boolean needsSecret() {
        return kind() == ClientRegistration.Type.CONFIDENTIAL && keys().isEmpty();
    }

    /**
     * What a client is to be from now on; what the form does not show stays as it is.
     *
     * @throws IllegalArgumentException when the parts do not fit
     */
    ClientChange change(ClientDetails before) {
        return new ClientChange(
                name, keys(), set(redirectUris), set(scopes), details(before.clientUri(), before.contacts()));
    }

    private Optional<ClientProof> keys() {
        if (!jwks.isBlank()) {
            return Optional.of(new ClientProof.Keys(jwks));
        }
        return jwksUri.isBlank() ? Optional.empty() : Optional.of(new ClientProof.KeysAt(jwksUri.strip()));
    }

    private ClientDetails details(@Nullable String clientUri, List<String> contacts) {
        return new ClientDetails(mayLaunch, set(origins), clientUri, contacts, afterSignOut());
    }

    private ClientRegistration.Type kind() {
        return Arrays.stream(ClientRegistration.Type.values())
                .filter(known -> known.name().toLowerCase(Locale.ROOT).equals(type))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "A client is of the type public, confidential or backend, not " + type + "."));
    }

    private static Set<String> set(List<String> values) {
        return new LinkedHashSet<>(values);
    }

    private static List<String> lines(@Nullable String text) {
        return text == null
                ? List.of()
                : Arrays.stream(text.split("\\s+"))
                        .filter(line -> !line.isBlank())
                        .toList();
    }
}
