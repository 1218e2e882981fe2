package org.rapport.clientkey;

import java.util.Collection;
import java.util.List;
import org.rapport.outbound.AllowedHosts;
import org.rapport.outbound.Endpoint;

/**
 * Where the key sets of clients may lie: on public addresses by https, and on hosts the operator named.
 *
 * @param hosts that may be anywhere, also without TLS
 */
public record AllowedKeyHosts(AllowedHosts hosts) {

    private static final int LONGEST = 1000;

    /** All of several. */
    public static AllowedKeyHosts all(Collection<AllowedKeyHosts> several) {
        List<AllowedHosts> hosts = several.stream().map(AllowedKeyHosts::hosts).toList();
        return new AllowedKeyHosts(AllowedHosts.all(hosts));
    }

    /**
     * The address of a key set, judged as it is written; nothing is looked up or fetched.
     *
     * @throws IllegalArgumentException when nothing may be fetched from there
     */
    public Endpoint endpoint(String uri) {
        return Endpoint.parse(uri)
                .filter(endpoint ->
                        uri.length() <= LONGEST && endpoint.objection(hosts).isEmpty())
                .orElseThrow(() -> new IllegalArgumentException(
                        "A key set lies at an https address on port 443 or 8443 of a public host."));
    }
}
