package org.rapport.delivery;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.rapport.outbound.Endpoint;

/**
 * A rest-hook channel: what is sent, and where to.
 *
 * @param endpoint where to
 * @param payload MIME type of the resource that is sent; empty when the notification carries none
 * @param headers lines of the form {@code Name: value} that each request carries; they may hold the receiver's secret
 */
public record Hook(Endpoint endpoint, Optional<String> payload, List<String> headers) {

    private static final Set<String> JSON = Set.of("application/fhir+json", "application/json", "text/json");
    private static final Set<String> XML = Set.of("application/fhir+xml", "application/xml", "text/xml");
    private static final Pattern LINE = Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}):[\\x20-\\x7e]{0,4000}");
    private static final Set<String> OURS = Set.of(
            "host",
            "connection",
            "content-length",
            "content-type",
            "content-encoding",
            "transfer-encoding",
            "keep-alive",
            "upgrade",
            "expect",
            "te",
            "trailer",
            "proxy-authorization",
            "proxy-connection");
    private static final String OUR_PREFIX = "x-rapport-";

    /** Keeps its own copy of the headers. */
    public Hook {
        headers = List.copyOf(headers);
    }

    /** Whether the resource is sent as XML. */
    public boolean sendsXml() {
        return payload.filter(XML::contains).isPresent();
    }

    /** Without the headers: they are secrets. */
    @Override
    public String toString() {
        return "Hook[endpoint=" + endpoint + ", payload=" + payload + "]";
    }

    static boolean isPayload(String mimeType) {
        return JSON.contains(mimeType) || XML.contains(mimeType);
    }

    /** Whether a line is one header that the receiver may choose: not one that frames the request, nor one of ours. */
    static boolean isHeader(String line) {
        var form = LINE.matcher(line);
        if (!form.matches()) {
            return false;
        }
        var name = form.group(1).toLowerCase(Locale.ROOT);
        return !OURS.contains(name) && !name.startsWith(OUR_PREFIX);
    }
}
