package org.rapport.outbound;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where the server sends requests to because somebody outside said so.
 *
 * @param uri absolute, http or https, with a host, without user name and fragment
 */
public record Endpoint(URI uri) {

    private static final Set<Integer> PUBLIC_PORTS = Set.of(443, 8443);
    private static final Pattern NUMBERS = Pattern.compile("(\\d{1,3}\\.){3}\\d{1,3}");
    private static final Pattern PUBLIC_NAME =
            Pattern.compile("([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+[a-z]([a-z0-9-]*[a-z0-9])?");
    private static final Pattern HOUSE_NAME = Pattern.compile(".*\\.(localhost|local|internal|lan|home|arpa)");

    /** Reads an endpoint; empty when it is none that a request can be sent to. */
    public static Optional<Endpoint> parse(String text) {
        try {
            var uri = new URI(text);
            boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
            boolean plain =
                    uri.getRawUserInfo() == null && uri.getRawFragment() == null && text.equals(uri.toASCIIString());
            return web && plain && uri.getHost() != null && uri.getPort() != 0 && uri.getPort() <= 65_535
                    ? Optional.of(new Endpoint(uri))
                    : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** Whether it is to be reached by TLS. */
    public boolean secure() {
        return "https".equals(uri.getScheme());
    }

    /** Host name or address, without brackets. */
    public String host() {
        var host = uri.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host.toLowerCase(Locale.ROOT);
    }

    /** The port that is meant where none is written, too. */
    public int port() {
        return uri.getPort() > 0 ? uri.getPort() : secure() ? 443 : 80;
    }

    /** Path and query of the endpoint itself. */
    public String target() {
        return path() + query();
    }

    /** Path and query of what lies under the path of the endpoint, such as {@code Observation/1}. */
    public String target(String below) {
        var path = path();
        return (path.endsWith("/") ? path : path + "/") + below + query();
    }

    /** The value of the Host header: the port only where one is written. */
    public String hostHeader() {
        return uri.getPort() > 0 ? uri.getHost() + ":" + uri.getPort() : uri.getHost();
    }

    /**
     * Why nothing may be sent there, as far as the address as it is written tells it; a name is looked up for each
     * request only.
     */
    public Optional<String> objection(AllowedHosts allowed) {
        if (allowed.contains(host())) {
            return Optional.empty();
        }
        if (!secure()) {
            return Optional.of("The endpoint must be an https address.");
        }
        if (!PUBLIC_PORTS.contains(port())) {
            return Optional.of("The port of the endpoint must be 443 or 8443.");
        }
        return isPublicAsWritten()
                ? Optional.empty()
                : Optional.of(
                        "The endpoint must be on a public address, or on a host the operator of this server allows.");
    }

    private boolean isPublicAsWritten() {
        var host = host();
        if (NUMBERS.matcher(host).matches() || host.indexOf(':') >= 0) {
            try {
                return PublicAddress.isPublic(InetAddress.getByName(host));
            } catch (UnknownHostException e) {
                return false;
            }
        }
        return PUBLIC_NAME.matcher(host).matches() && !HOUSE_NAME.matcher(host).matches();
    }

    private String path() {
        return uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    }

    private String query() {
        return uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    }
}
