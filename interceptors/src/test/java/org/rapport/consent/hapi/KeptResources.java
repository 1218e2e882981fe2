package org.rapport.consent.hapi;

import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.param.ReferenceParam;
import ca.uhn.fhir.rest.param.TokenParam;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CareTeam;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Group;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.PractitionerRole;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.rapport.relation.hapi.StoredSearch;

/**
 * Answers the searches that are asked here: by one reference parameter, or by logical id.
 *
 * @param resources what there is
 * @param asked what was searched by
 */
record KeptResources(List<Resource> resources, List<String> asked) implements StoredSearch {

    private static final Map<String, Function<Resource, Stream<Reference>>> PARAMETERS = Map.of(
            "Consent patient", found -> Stream.of(((Consent) found).getPatient()),
            "Patient link", found -> ((Patient) found).getLink().stream().map(link -> link.getOther()),
            "PractitionerRole practitioner", found -> Stream.of(((PractitionerRole) found).getPractitioner()),
            "CareTeam participant",
                    found -> ((CareTeam) found).getParticipant().stream().map(member -> member.getMember()),
            "Group member", found -> ((Group) found).getMember().stream().map(member -> member.getEntity()));

    KeptResources() {
        this(new ArrayList<>(), new ArrayList<>());
    }

    void keep(String id, Resource resource) {
        resource.setId(resource.fhirType() + "/" + id);
        resources.removeIf(kept -> kept.getId().equals(resource.getId()));
        resources.add(resource);
    }

    Optional<Resource> current(String type, String id) {
        return resources.stream()
                .filter(kept -> kept.getId().equals(type + "/" + id))
                .findFirst();
    }

    @Override
    public <T extends Resource> Stream<T> find(Class<T> type, SearchParameterMap search) {
        var parameter = search.entrySet().iterator().next();
        asked.add(type.getSimpleName() + " " + parameter.getKey());
        var values = parameter.getValue().stream().flatMap(List::stream).toList();
        if (parameter.getKey().equals("_id")) {
            return values.stream()
                    .map(value -> current(type.getSimpleName(), ((TokenParam) value).getValue()))
                    .flatMap(Optional::stream)
                    .map(type::cast);
        }
        var wanted = values.stream()
                .map(value -> ((ReferenceParam) value).getValue())
                .toList();
        var references = Optional.ofNullable(PARAMETERS.get(type.getSimpleName() + " " + parameter.getKey()))
                .orElseThrow();
        return resources.stream()
                .filter(type::isInstance)
                .filter(kept -> references.apply(kept).anyMatch(found -> wanted.contains(found.getReference())))
                .map(type::cast);
    }
}
