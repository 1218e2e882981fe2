package org.rapport.consent.fhir;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.rapport.consent.ImplicitPolicy;
import org.rapport.consent.ProtectedResource;
import org.rapport.consent.ProtectedResource.Person;
import org.rapport.consent.Use;
import org.rapport.consent.Use.House;
import org.rapport.consent.Use.Recipient;

/**
 * A random request for a random resource, in words that either evaluator turns into its own.
 *
 * @param who what the caller is
 * @param purpose of the use
 * @param action access, collect or correct
 * @param now the present
 * @param implicit last part of the URI of the implicit policy
 * @param data the resource
 */
record Sample(Caller who, String purpose, String action, Instant now, String implicit, Data data) {

    /** The caller, who is nobody whose record is asked about when {@code own} is empty. */
    record Caller(Set<String> references, boolean treats, Set<String> own) {}

    /** The resource; each set of patients is one person, its first the one that was not merged away. */
    record Data(
            String type,
            String id,
            List<List<String>> patients,
            Optional<String> dated,
            Set<String> authors,
            Set<String> references,
            Set<String> codes,
            Set<String> labels,
            boolean seen) {}

    Use use() {
        return new Use(
                new Recipient(who.references, who.treats, who.own, Set.of()),
                purpose,
                Use.Action.valueOf(action.toUpperCase(java.util.Locale.ROOT)),
                now,
                new House(
                        ImplicitPolicy.of("https://profiles.ihe.net/ITI/PCF/Policy-" + implicit)
                                .orElseThrow(),
                        TestUses.ZONE));
    }

    ProtectedResource resource() {
        var persons = data.patients.stream()
                .map(ids -> new Person(ids.get(0), Set.copyOf(ids.subList(1, ids.size()))))
                .collect(Collectors.toSet());
        return new ResourceReader(TestUses.REFERENCES, TestUses.LABELLED_SINCE).read(fhir(), persons);
    }

    private Resource fhir() {
        var resource = data.type.equals("Observation") ? observation() : condition();
        resource.setId(new IdType(data.type, data.id, "1"));
        TestUses.labelled(resource, data.labels.toArray(new String[0]));
        return data.seen ? TestUses.seen(resource) : resource;
    }

    private Observation observation() {
        var observation = new Observation();
        data.dated.ifPresent(dated -> observation.setEffective(new DateTimeType(dated)));
        data.authors.forEach(author -> observation.addPerformer(new Reference(author)));
        data.references.forEach(reference -> observation.addHasMember(new Reference(reference)));
        data.codes.forEach(code -> observation.getCode().addCoding(loinc(code)));
        return observation;
    }

    private Condition condition() {
        var condition = new Condition();
        data.dated.ifPresent(dated -> condition.setRecordedDateElement(new DateTimeType(dated)));
        data.authors.forEach(author -> condition.setRecorder(new Reference(author)));
        data.references.forEach(reference -> condition.addEvidence().addDetail(new Reference(reference)));
        data.codes.forEach(code -> condition.getCode().addCoding(loinc(code)));
        return condition;
    }

    private static Coding loinc(String code) {
        return new Coding("http://loinc.org", code, null);
    }
}
