package org.rapport.access;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * Where the outside reaches this server; issuer, audience and every link are made from it, never from a request.
 *
 * @param baseUrl the origin: scheme, host and, where it is not the scheme's own, port; no path and no trailing slash,
 *     such as {@code http://127.0.0.1:8080}
 */
public record PublicOrigin(String baseUrl) {

    /**
     * Checks that the text is an origin.
     *
     * @throws IllegalArgumentException when it is anything else
     */
    public PublicOrigin {
        if (!isOrigin(baseUrl)) {
            throw new IllegalArgumentException("Base URL \"" + baseUrl
                    + "\" is not an origin; write it as https://fhir.example.org, without a path.");
        }
    }

    private static boolean isOrigin(String text) {
        try {
            var uri = new URI(text);
            var scheme = uri.getScheme();
            return ("http".equals(scheme) || "https".equals(scheme))
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawPath().isEmpty()
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** The FHIR base: what clients know as {@code [base]} and access tokens name as audience. */
    public String fhirBase() {
        return baseUrl + "/fhir";
    }

    /** Whether the outside speaks TLS to this server. */
    public boolean secure() {
        return baseUrl.startsWith("https:");
    }
}
