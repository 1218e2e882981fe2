package org.rapport.authorize.spring;

import java.net.URI;
import java.util.Set;

/**
 * Where the browser goes after the answer, in words for people.
 *
 * @param kind {@code web} for a site, {@code device} for a program that listens on this device, {@code app} for one that
 *     owns a scheme
 * @param name host or scheme
 */
record ReturnAddress(String kind, String name) {

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "[::1]", "localhost");

    static ReturnAddress of(String redirectUri) {
        var uri = URI.create(redirectUri);
        var host = uri.getHost();
        if (host == null) {
            return new ReturnAddress("app", uri.getScheme());
        }
        return new ReturnAddress(LOOPBACK.contains(host) ? "device" : "web", host);
    }
}
