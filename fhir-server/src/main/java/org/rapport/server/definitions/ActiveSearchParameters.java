package org.rapport.server.definitions;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.hl7.fhir.r4.model.SearchParameter;
import org.rapport.ig.SearchParameterList;

/** Cuts R4's base search parameters down to the list that stays active. */
final class ActiveSearchParameters {

    /** HAPI keeps every parameter of these types on; a copy of ours must not take it away from them. */
    private static final Set<String> ALWAYS_ON = Set.of("SearchParameter", "Subscription", "Basic");

    private static final Set<String> ALL_TYPES = Set.of("Resource", "DomainResource");

    private final SearchParameterList list;

    ActiveSearchParameters(SearchParameterList list) {
        this.list = list;
    }

    /** The SearchParameter resources to store, each reduced to the types it is active on, by their ids. */
    List<SearchParameter> resources(FhirContext fhir) {
        List<SearchParameter> all = Objects.requireNonNullElse(
                new DefaultProfileValidationSupport(fhir).fetchAllSearchParameters(), List.of());
        Map<String, SearchParameter> kept = new TreeMap<>();
        all.forEach(parameter -> reduce(parameter)
                .ifPresent(active -> kept.put(active.getIdElement().getIdPart(), active)));
        return List.copyOf(kept.values());
    }

    private Optional<SearchParameter> reduce(SearchParameter parameter) {
        String code = parameter.getCode();
        var bases = parameter.getBase().stream().map(base -> base.getCode()).toList();
        var active = bases.stream()
                .filter(type -> ALL_TYPES.contains(type) ? list.common().contains(code) : isActive(type, code))
                .toList();
        if (active.isEmpty() || ALWAYS_ON.containsAll(active) || code.equals("url")) {
            return Optional.empty();
        }
        var copy = parameter.copy();
        copy.getBase().removeIf(base -> !active.contains(base.getCode()));
        copy.setStatus(org.hl7.fhir.r4.model.Enumerations.PublicationStatus.ACTIVE);
        copy.setText(null);
        if (!copy.hasExpression()) {
            // HAPI stores none without, and evaluates none of these: they are asked of the free-text index
            copy.setExpression(active.get(0) + ".id");
        }
        copy.setId(parameter.getIdElement().getIdPart());
        return Optional.of(copy);
    }

    private boolean isActive(String type, String code) {
        return ALWAYS_ON.contains(type) || list.contains(type, code);
    }
}
