package org.rapport.clientkey;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the keys of client applications may be fetched from.
 *
 * @param allowedKeyHosts hosts, by name or address and without port, from which key sets (jwks_uri) may also be fetched on
 *     a private address, by http and on any port; everywhere else only https on public addresses, ports 443 and 8443
 */
@ConfigurationProperties("rapport.clients")
public record ClientKeySettings(@DefaultValue List<String> allowedKeyHosts) {

    /** Keeps its own copy of the hosts. */
    public ClientKeySettings {
        allowedKeyHosts = List.copyOf(allowedKeyHosts);
    }
}
