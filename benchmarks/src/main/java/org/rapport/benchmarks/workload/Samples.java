package org.rapport.benchmarks.workload;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Sample resources as FHIR JSON, the same at each run but for their names.
 *
 * @param run tells the patients of one run from those of another in the same database; letters and digits
 */
public record Samples(String run) {

    /** Namespace of the patients' identifiers. */
    public static final String IDENTIFIERS = "urn:oid:2.25.83109574460311";

    /** Kinds of readings, as LOINC code, display, UCUM unit and lowest value. */
    private static final List<Vital> VITALS = List.of(
            new Vital("8867-4", "Heart rate", "/min", 60),
            new Vital("9279-1", "Respiratory rate", "/min", 12),
            new Vital("59408-5", "Oxygen saturation", "%", 90),
            new Vital("29463-7", "Body weight", "kg", 70));

    private static final Instant FIRST_READING = Instant.parse("2026-01-01T08:00:00Z");

    /** How many resources one transaction of {@link #observations} stores. */
    static final int TRANSACTION_SIZE = 100;

    private record Vital(String loinc, String display, String unit, int lowest) {}

    String family(int patient) {
        return "Sample%s%d".formatted(run, patient);
    }

    String identifier(int patient) {
        return "%s-%d".formatted(run, patient);
    }

    String patient(int n) {
        return """
                {"resourceType":"Patient","active":true,"gender":"female","birthDate":"%d-04-12",
                 "identifier":[{"system":"%s","value":"%s"}],
                 "name":[{"use":"official","family":"%s","given":["Ada","Maria"]}],
                 "telecom":[{"system":"phone","value":"+1 555 %04d","use":"home"}],
                 "address":[{"line":["%d Main Street"],"city":"Springfield","state":"MA","postalCode":"01101"}]}""".formatted(1930 + n % 80, IDENTIFIERS, identifier(n), family(n), n % 10_000, n + 1);
    }

    String observation(String patient, int n) {
        var vital = VITALS.get(n % VITALS.size());
        return """
                {"resourceType":"Observation","status":"final",
                 "category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category",
                   "code":"vital-signs","display":"Vital Signs"}]}],
                 "code":{"coding":[{"system":"http://loinc.org","code":"%s","display":"%s"}],"text":"%s"},
                 "subject":{"reference":"%s"},"effectiveDateTime":"%s",
                 "valueQuantity":{"value":%d.5,"unit":"%s","system":"http://unitsofmeasure.org","code":"%s"}}""".formatted(
                        vital.loinc(),
                        vital.display(),
                        vital.display(),
                        patient,
                        FIRST_READING.plus(n, ChronoUnit.HOURS),
                        vital.lowest() + n % 10,
                        vital.unit(),
                        vital.unit());
    }

    /** A transaction that creates 100 Observations of one patient. */
    String observations(String patient, int first) {
        return transaction(IntStream.range(first, first + TRANSACTION_SIZE)
                .mapToObj(n -> entry("Observation", "", observation(patient, n))));
    }

    /** A transaction that creates a patient and 99 resources about them. */
    String compartment(int n) {
        var patient = "urn:uuid:00000000-0000-4000-8000-%012d".formatted(n);
        var about = Stream.of(
                        IntStream.range(0, 80).mapToObj(i -> entry("Observation", "", observation(patient, i))),
                        IntStream.range(0, 9).mapToObj(i -> entry("Condition", "", condition(patient, i))),
                        IntStream.range(0, 5).mapToObj(i -> entry("Encounter", "", encounter(patient, i))),
                        IntStream.range(0, 5).mapToObj(i -> entry("Appointment", "", appointment(patient, i))))
                .flatMap(entries -> entries);
        return transaction(Stream.concat(Stream.of(entry("Patient", patient, patient(n))), about));
    }

    private static String condition(String patient, int n) {
        return """
                {"resourceType":"Condition",
                 "clinicalStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-clinical",
                   "code":"active"}]},
                 "category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-category",
                   "code":"problem-list-item"}]}],
                 "code":{"coding":[{"system":"http://snomed.info/sct","code":"%d","display":"Finding %d"}]},
                 "subject":{"reference":"%s"},"onsetDateTime":"2020-01-%02d"}""".formatted(38_341_003 + n, n, patient, n + 1);
    }

    private static String encounter(String patient, int n) {
        return """
                {"resourceType":"Encounter","status":"finished",
                 "class":{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"AMB"},
                 "type":[{"coding":[{"system":"http://snomed.info/sct","code":"185349003"}]}],
                 "subject":{"reference":"%s"},
                 "period":{"start":"2026-01-%02dT08:00:00Z","end":"2026-01-%02dT08:30:00Z"}}""".formatted(patient, n + 1, n + 1);
    }

    private static String appointment(String patient, int n) {
        return """
                {"resourceType":"Appointment","status":"booked","start":"2026-02-%02dT09:00:00Z",
                 "end":"2026-02-%02dT09:20:00Z",
                 "participant":[{"actor":{"reference":"%s"},"status":"accepted"}]}""".formatted(n + 1, n + 1, patient);
    }

    private static String entry(String type, String fullUrl, String resource) {
        var url = fullUrl.isEmpty() ? "" : "\"fullUrl\":\"%s\",".formatted(fullUrl);
        return "{%s\"resource\":%s,\"request\":{\"method\":\"POST\",\"url\":\"%s\"}}".formatted(url, resource, type);
    }

    private static String transaction(Stream<String> entries) {
        return "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[%s]}"
                .formatted(String.join(",", entries.toList()));
    }
}
