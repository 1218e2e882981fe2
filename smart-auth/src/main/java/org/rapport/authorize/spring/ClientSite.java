package org.rapport.authorize.spring;

import java.util.Optional;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;

/**
 * The page that an application names about itself.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7591#section-2">RFC 7591, section 2, client_uri</a>
 */
public final class ClientSite {

    /** Setting of a client that names one. */
    public static final String SETTING = "rapport.client.uri";

    private ClientSite() {}

    /** Only what a browser opens over TLS. */
    static Optional<String> of(RegisteredClient client) {
        return Optional.ofNullable(client.getClientSettings().<String>getSetting(SETTING))
                .filter(address -> address.startsWith("https://"));
    }
}
