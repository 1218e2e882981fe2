package org.rapport.launch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an application is told beside its token.
 *
 * @param parameters by SMART's names, as they stand in the token response; values are texts, booleans and, for
 *     {@code fhirContext}, lists of maps
 * @see <a href="https://hl7.org/fhir/smart-app-launch/STU2.2/scopes-and-launch-context.html#launch-context-arrives-with-your-access_token">SMART
 *     App Launch, launch context</a>
 */
public record LaunchContext(Map<String, Object> parameters) {

    /** The names that a token response may carry. */
    public static final List<String> NAMES =
            List.of("patient", "encounter", "fhirContext", "intent", "need_patient_banner", "smart_style_url");

    static final String PATIENT = "patient";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    public LaunchContext {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        if (!NAMES.containsAll(parameters.keySet())) {
            throw new IllegalArgumentException("A launch context holds " + NAMES + ", not " + parameters.keySet());
        }
    }

    /** The context without anything in it. */
    public static LaunchContext none() {
        return new LaunchContext(Map.of());
    }

    /** The context of which only the patient is known. */
    public static LaunchContext ofPatient(String patient) {
        return new LaunchContext(Map.of(PATIENT, patient));
    }

    /**
     * Reads what {@link #toJson} wrote.
     *
     * @throws IllegalArgumentException when it is anything else
     */
    public static LaunchContext fromJson(String json) {
        try {
            return new LaunchContext(JSON.readValue(json, OBJECT));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("A stored launch context is damaged.", e);
        }
    }

    /** The context as a JSON object. */
    public String toJson() {
        try {
            return JSON.writeValueAsString(parameters);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Texts, booleans and lists of them are JSON.", e);
        }
    }

    /** The logical id of the patient. */
    public Optional<String> patient() {
        return Optional.ofNullable(parameters.get(PATIENT)).map(String::valueOf);
    }

    /** The same context with a patient. */
    public LaunchContext withPatient(String patient) {
        Map<String, Object> more = new LinkedHashMap<>(parameters);
        more.put(PATIENT, patient);
        return new LaunchContext(more);
    }
}
