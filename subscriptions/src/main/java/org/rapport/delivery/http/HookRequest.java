package org.rapport.delivery.http;

import ca.uhn.fhir.context.FhirContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.Resource;
import org.rapport.delivery.Deliveries.Notification;

/**
 * A notification as HTTP request: without a payload a POST to the endpoint that says no more than that something
 * matched, with a payload an update of the resource there, as to a FHIR server.
 *
 * @param head request line and headers, up to the empty line
 * @param body the resource; empty for none
 * @see <a href="https://hl7.org/fhir/R4/subscription.html">FHIR R4 Subscription, rest-hook</a>
 */
record HookRequest(String head, String body) {

    /** The request for a notification. */
    static HookRequest of(Notification notification, FhirContext fhir) {
        var hook = notification.registration().hook();
        var body = hook.payload().isEmpty() ? "" : body(notification, fhir);
        var lines = new ArrayList<String>();
        lines.add(
                hook.payload().isEmpty()
                        ? "POST " + hook.endpoint().target() + " HTTP/1.1"
                        : "PUT " + hook.endpoint().target(place(notification.resource())) + " HTTP/1.1");
        lines.add("Host: " + hook.endpoint().hostHeader());
        lines.add("User-Agent: Rapport");
        lines.add("Connection: close");
        hook.payload().ifPresent(type -> lines.add("Content-Type: " + type));
        lines.add("Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length);
        lines.add("X-Rapport-Subscription: " + notification.registration().id());
        lines.add("X-Rapport-Event-Number: " + notification.event());
        lines.addAll(hook.headers());
        return new HookRequest(ended(lines), body);
    }

    private static String ended(List<String> lines) {
        return String.join("\r\n", lines) + "\r\n\r\n";
    }

    private static String body(Notification notification, FhirContext fhir) {
        var parser = notification.registration().hook().sendsXml() ? fhir.newXmlParser() : fhir.newJsonParser();
        return parser.encodeResourceToString(notification.resource());
    }

    private static String place(Resource resource) {
        return resource.fhirType() + "/" + resource.getIdElement().getIdPart();
    }
}
