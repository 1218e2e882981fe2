package org.rapport.product;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/**
 * A made-up life with the health system as one transaction Bundle: visits over years, each with vital signs, and now and
 * then a condition, a prescription, a vaccination or a procedure. The same seed makes the same life.
 */
final class PatientHistory {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final LocalDate FIRST_VISIT = LocalDate.of(2001, 3, 5);

    private final Random random;
    private final ObjectNode bundle =
            JSON.createObjectNode().put("resourceType", "Bundle").put("type", "transaction");
    private final Map<String, Integer> counts = new LinkedHashMap<>();
    private final String patient;
    private final String practitioner;

    private PatientHistory(long seed) {
        random = new Random(seed);
        var organization = add("""
                {"resourceType": "Organization", "active": true, "name": "Clinic %d"}
                """.formatted(seed));
        practitioner = add("""
                {"resourceType": "Practitioner", "active": true, "name": [{"family": "Doctor%d"}]}
                """.formatted(seed));
        patient = add("""
                {"resourceType": "Patient", "identifier": [{"system": "urn:rapport:history", "value": "%d"}],
                 "name": [{"family": "History%d", "given": ["Ada"]}], "gender": "female", "birthDate": "1971-04-02",
                 "managingOrganization": {"reference": "%s"}}
                """.formatted(seed, seed, organization));
    }

    /** A life with that many visits; one visit is about ten resources. */
    static PatientHistory of(long seed, int visits) {
        var history = new PatientHistory(seed);
        for (int visit = 0; visit < visits; visit++) {
            history.addVisit(FIRST_VISIT.plusDays(91L * visit), visit);
        }
        return history;
    }

    String bundle() {
        return bundle.toString();
    }

    /** How many resources of each type it has. */
    Map<String, Integer> counts() {
        return Map.copyOf(counts);
    }

    private void addVisit(LocalDate day, int visit) {
        var encounter = add("""
                {"resourceType": "Encounter", "status": "finished", "subject": {"reference": "%s"},
                 "class": {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "AMB"},
                 "participant": [{"individual": {"reference": "%s"}}],
                 "period": {"start": "%sT09:00:00Z", "end": "%sT09:20:00Z"}}
                """.formatted(patient, practitioner, day, day));
        addVital(encounter, day, "8867-4", "/min", 60 + random.nextInt(40));
        addVital(encounter, day, "9279-1", "/min", 12 + random.nextInt(8));
        addVital(encounter, day, "8310-5", "Cel", 36 + random.nextInt(2));
        addVital(encounter, day, "29463-7", "kg", 60 + random.nextInt(20));
        addVital(encounter, day, "8302-2", "cm", 170);
        addVital(encounter, day, "59408-5", "%", 94 + random.nextInt(6));
        addVital(encounter, day, "2339-0", "mg/dL", 80 + random.nextInt(60));
        switch (visit % 4) {
            case 0 ->
                addCoded("Condition", "code", "subject", encounter, "38341003", "\"recordedDate\": \"" + day + "\"");
            case 1 -> addCoded("Procedure", "code", "subject", encounter, "430193006", "\"status\": \"completed\"");
            case 2 ->
                addCoded(
                        "Immunization",
                        "vaccineCode",
                        "patient",
                        encounter,
                        "140",
                        "\"status\": \"completed\", \"occurrenceDateTime\": \"" + day + "\"");
            default ->
                addCoded(
                        "MedicationRequest",
                        "medicationCodeableConcept",
                        "subject",
                        encounter,
                        "314076",
                        "\"status\": \"active\", \"intent\": \"order\", \"authoredOn\": \"" + day + "\"");
        }
    }

    private void addVital(String encounter, LocalDate day, String loinc, String unit, int value) {
        add("""
                {"resourceType": "Observation", "status": "final", "subject": {"reference": "%s"},
                 "category": [{"coding": [{"system": "http://terminology.hl7.org/CodeSystem/observation-category",
                                           "code": "vital-signs"}]}],
                 "code": {"coding": [{"system": "http://loinc.org", "code": "%s"}]},
                 "encounter": {"reference": "%s"}, "effectiveDateTime": "%sT09:05:00Z",
                 "valueQuantity": {"value": %d, "unit": "%s", "system": "http://unitsofmeasure.org", "code": "%s"}}
                """.formatted(patient, loinc, encounter, day, value, unit, unit));
    }

    private void addCoded(
            String type, String codeElement, String patientElement, String encounter, String code, String rest) {
        add("""
                {"resourceType": "%s", "%s": {"coding": [{"system": "http://snomed.info/sct", "code": "%s"}]},
                 "%s": {"reference": "%s"}, "encounter": {"reference": "%s"}, %s}
                """.formatted(type, codeElement, code, patientElement, patient, encounter, rest));
    }

    private String add(String json) {
        var resource = org.rapport.harness.FhirSession.parsed(json);
        var type = resource.path("resourceType").asText();
        var url = "urn:uuid:" + new UUID(random.nextLong(), random.nextLong());
        counts.merge(type, 1, Integer::sum);
        var entry = bundle.withArray("entry").addObject().put("fullUrl", url);
        entry.set("resource", resource);
        entry.putObject("request").put("method", "POST").put("url", type);
        return url;
    }
}
