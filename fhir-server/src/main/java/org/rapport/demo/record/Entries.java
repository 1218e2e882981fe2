package org.rapport.demo.record;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Date;
import java.util.List;
import java.util.TimeZone;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/** What the demo's resources have in common. */
final class Entries {

    static final String LOINC = "http://loinc.org";
    static final String SNOMED = "http://snomed.info/sct";
    private static final String TIMEZONE = "http://hl7.org/fhir/StructureDefinition/timezone";
    private static final String IDENTIFIERS = "https://rapport.org/fhir/demo/identifier";

    private Entries() {}

    /** A transaction that puts each resource under its id: doing it twice changes nothing. */
    static Bundle transaction(List<? extends Resource> resources) {
        var bundle = new Bundle().setType(BundleType.TRANSACTION);
        resources.forEach(resource -> bundle.addEntry()
                .setResource(resource)
                .getRequest()
                .setMethod(HTTPVerb.PUT)
                .setUrl(reference(resource)));
        return bundle;
    }

    static String reference(Resource resource) {
        return resource.fhirType() + "/" + resource.getIdPart();
    }

    static Reference to(String reference, String display) {
        return new Reference(reference).setDisplay(display);
    }

    static Identifier identifier(String value) {
        return new Identifier().setSystem(IDENTIFIERS).setValue(value);
    }

    static CodeableConcept concept(String system, String code, String display) {
        return new CodeableConcept()
                .addCoding(new Coding(system, code, display))
                .setText(display);
    }

    static Extension in(ZoneId zone) {
        return new Extension(TIMEZONE, new CodeType(zone.getId()));
    }

    static DateTimeType at(Instant instant) {
        return new DateTimeType(
                Date.from(instant), ca.uhn.fhir.model.api.TemporalPrecisionEnum.SECOND, TimeZone.getTimeZone("UTC"));
    }
}
