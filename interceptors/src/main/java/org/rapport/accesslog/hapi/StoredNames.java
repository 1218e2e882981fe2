package org.rapport.accesslog.hapi;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Person;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.RelatedPerson;
import org.hl7.fhir.r4.model.Resource;
import org.rapport.access.hapi.StoredResources;
import org.rapport.accesslog.Names;

/** Reads names from the resources of people, each once. */
final class StoredNames implements Names {

    private final StoredResources resources;
    private final Map<String, Optional<String>> known = new HashMap<>();

    StoredNames(StoredResources resources) {
        this.resources = resources;
    }

    @Override
    public Optional<String> of(String reference) {
        return known.computeIfAbsent(reference, this::read);
    }

    private Optional<String> read(String reference) {
        var id = new IdType(reference);
        return resources.current(id.getResourceType(), id.getIdPart()).flatMap(StoredNames::name);
    }

    private static Optional<String> name(Resource person) {
        return names(person).stream()
                .map(HumanName::getNameAsSingleString)
                .filter(name -> !name.isBlank())
                .findFirst();
    }

    private static List<HumanName> names(Resource person) {
        if (person instanceof Practitioner practitioner) {
            return practitioner.getName();
        }
        if (person instanceof RelatedPerson related) {
            return related.getName();
        }
        if (person instanceof Person natural) {
            return natural.getName();
        }
        return person instanceof Patient patient ? patient.getName() : List.of();
    }
}
