package org.rapport.outbound;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Hosts that the server may send requests to wherever they are and also without TLS, because the operator named them.
 *
 * @param names host names or addresses as they stand in an endpoint, without port and brackets
 */
public record AllowedHosts(Set<String> names) {

    /** Keeps the names in lower case. */
    public AllowedHosts {
        names = names.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    }

    /** All of several. */
    public static AllowedHosts all(Collection<AllowedHosts> several) {
        return new AllowedHosts(
                several.stream().flatMap(hosts -> hosts.names().stream()).collect(Collectors.toSet()));
    }

    /** Whether the operator named this host. */
    public boolean contains(String host) {
        return names.contains(host.toLowerCase(Locale.ROOT));
    }
}
