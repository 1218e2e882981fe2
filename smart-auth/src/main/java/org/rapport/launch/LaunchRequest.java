package org.rapport.launch;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.rapport.access.PublicOrigin;
import org.rapport.smart.SmartScope;

/**
 * What an EHR asks for when it opens an application.
 *
 * @param clientId the application
 * @param patient logical id
 * @param references what else the application is told of, relative, each to be in the patient's record
 */
public record LaunchRequest(String clientId, String patient, List<String> references, LaunchContext context) {

    private static final String CLIENT_ID = "client_id";
    private static final String ENCOUNTER = "encounter";
    private static final String APPOINTMENT = "appointment";
    private static final String INTENT = "intent";
    private static final String BANNER = "need_patient_banner";
    private static final String STYLE = "smart_style_url";
    private static final String FHIR_CONTEXT = "fhirContext";
    private static final String REFERENCE = "reference";
    private static final String ROLE = "role";
    private static final Set<String> MEMBERS =
            Set.of(CLIENT_ID, LaunchContext.PATIENT, ENCOUNTER, APPOINTMENT, INTENT, BANNER, STYLE, FHIR_CONTEXT);
    private static final Set<String> ITEM_MEMBERS = Set.of(REFERENCE, "type", ROLE);

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9\\-.]{1,64}");
    private static final Pattern LITERAL_REFERENCE = Pattern.compile("([A-Z][A-Za-z]{1,63})/([A-Za-z0-9\\-.]{1,64})");
    private static final int LONGEST_TEXT = 200;
    private static final int LONGEST_ADDRESS = 2000;
    private static final int MOST_ITEMS = 20;

    public LaunchRequest {
        references = List.copyOf(references);
    }

    /**
     * Reads the JSON object of a request.
     *
     * @throws IllegalArgumentException when a member is missing, unknown or of another form; the message may be shown
     */
    public static LaunchRequest of(Map<String, Object> body, PublicOrigin origin) {
        require(
                MEMBERS.containsAll(body.keySet()),
                "no other members than " + MEMBERS.stream().sorted().toList());
        var clientId = text(body, CLIENT_ID).orElseThrow(() -> wrong("client_id, the application to open"));
        var patient = id(body, LaunchContext.PATIENT, "Patient").orElseThrow(() -> wrong("patient, a logical id"));
        Map<String, Object> context = new LinkedHashMap<>();
        List<String> references = new ArrayList<>();
        context.put(LaunchContext.PATIENT, patient);
        id(body, ENCOUNTER, "Encounter").ifPresent(id -> {
            context.put(ENCOUNTER, id);
            references.add("Encounter/" + id);
        });
        var items = items(body);
        id(body, APPOINTMENT, "Appointment").ifPresent(id -> items.add(Map.of(REFERENCE, "Appointment/" + id)));
        items.forEach(item -> references.add(String.valueOf(item.get(REFERENCE))));
        if (!items.isEmpty()) {
            context.put(FHIR_CONTEXT, items);
        }
        text(body, INTENT).ifPresent(intent -> context.put(INTENT, intent));
        context.put(BANNER, flag(body));
        context.put(STYLE, style(body).orElse(origin.baseUrl() + SmartStyle.PATH));
        return new LaunchRequest(clientId, patient, references, new LaunchContext(context));
    }

    private static Optional<String> text(Map<String, Object> body, String name) {
        var value = body.get(name);
        require(
                value == null || (value instanceof String text && !text.isBlank() && text.length() <= LONGEST_TEXT),
                name + " as a text of 1 to 200 characters");
        return Optional.ofNullable((String) value);
    }

    /** A bare id, or a reference to that type. */
    private static Optional<String> id(Map<String, Object> body, String name, String type) {
        var id = text(body, name).map(text -> text.startsWith(type + '/') ? text.substring(type.length() + 1) : text);
        require(id.isEmpty() || ID.matcher(id.get()).matches(), name + " as a logical id");
        return id;
    }

    /** A banner is needed unless the EHR says that it shows one: nobody is to mistake the patient. */
    private static boolean flag(Map<String, Object> body) {
        var value = body.getOrDefault(BANNER, true);
        require(value instanceof Boolean, BANNER + " as true or false");
        return Boolean.TRUE.equals(value);
    }

    private static Optional<String> style(Map<String, Object> body) {
        var value = body.get(STYLE);
        require(value == null || (value instanceof String text && isWebAddress(text)), STYLE + " as a web address");
        return Optional.ofNullable((String) value);
    }

    private static boolean isWebAddress(String text) {
        try {
            var uri = new URI(text);
            return text.length() <= LONGEST_ADDRESS
                    && Set.of("http", "https").contains(String.valueOf(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static List<Map<String, Object>> items(Map<String, Object> body) {
        var value = body.getOrDefault(FHIR_CONTEXT, List.of());
        List<Map<String, Object>> items = new ArrayList<>();
        if (value instanceof List<?> list && list.size() <= MOST_ITEMS) {
            list.forEach(item -> items.add(item(item)));
            return items;
        }
        throw wrong("fhirContext as a list of at most 20 objects");
    }

    /** The patient and the visit have places of their own in the context and none in this list. */
    private static Map<String, Object> item(Object value) {
        Map<String, Object> item = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> members) {
            members.forEach((name, text) -> item.put(String.valueOf(name), text));
        }
        var reference = LITERAL_REFERENCE.matcher(String.valueOf(item.get(REFERENCE)));
        require(
                reference.matches()
                        && SmartScope.isResourceType(reference.group(1))
                        && !Set.of("Patient", "Encounter").contains(reference.group(1))
                        && ITEM_MEMBERS.containsAll(item.keySet())
                        && item.values().stream().allMatch(text -> text instanceof String role && !role.isBlank()),
                "in fhirContext objects with a reference, such as ServiceRequest/17, and perhaps type and role");
        return item;
    }

    private static void require(boolean good, String expected) {
        if (!good) {
            throw wrong(expected);
        }
    }

    private static IllegalArgumentException wrong(String expected) {
        return new IllegalArgumentException("Send " + expected + ".");
    }
}
