package org.rapport.delivery.spring;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where notifications of Subscriptions may be sent.
 *
 * @param allowedHosts hosts, by name or address and without port, that may also be on a private address and be reached by
 *     http and on any port; everywhere else only https on public addresses, ports 443 and 8443
 */
@ConfigurationProperties("rapport.delivery")
public record DeliverySettings(@DefaultValue List<String> allowedHosts) {

    /** Keeps its own copy of the hosts. */
    public DeliverySettings {
        allowedHosts = List.copyOf(allowedHosts);
    }
}
