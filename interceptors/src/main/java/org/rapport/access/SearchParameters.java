package org.rapport.access;

import ca.uhn.fhir.model.api.annotation.SearchParamDefinition;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.exceptions.FHIRException;
import org.hl7.fhir.r4.model.ResourceFactory;

/** The search parameters that R4 defines and that say something of one resource by itself. */
final class SearchParameters {

    /** Those that every type has. */
    private static final Set<String> COMMON = Set.of("_id", "_profile", "_security", "_tag");

    /** A composite pairs values, a special one means something of its own. */
    private static final Set<String> NOT_PLAIN = Set.of("composite", "special");

    private static final Map<String, Set<String>> BY_TYPE = new ConcurrentHashMap<>();

    private SearchParameters() {}

    /** Names of the parameters of a type; none for a type that R4 does not have. */
    static Set<String> of(String type) {
        var known = BY_TYPE.get(type);
        if (known != null) {
            return known;
        }
        try {
            return BY_TYPE.computeIfAbsent(type, SearchParameters::defined);
        } catch (FHIRException e) {
            return Set.of();
        }
    }

    private static Set<String> defined(String type) {
        var model = ResourceFactory.createResource(type).getClass();
        var ownOnes = Arrays.stream(model.getFields())
                .map(field -> field.getAnnotation(SearchParamDefinition.class))
                .filter(Objects::nonNull)
                .filter(definition -> !NOT_PLAIN.contains(definition.type()))
                .map(SearchParamDefinition::name);
        return Stream.concat(COMMON.stream(), ownOnes).collect(Collectors.toUnmodifiableSet());
    }
}
