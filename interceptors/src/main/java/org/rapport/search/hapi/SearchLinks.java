package org.rapport.search.hapi;

import ca.uhn.fhir.jpa.searchparam.extractor.ISearchParamExtractor;
import ca.uhn.fhir.rest.api.RestSearchParameterTypeEnum;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry.SearchParamLookupContextEnum;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.rapport.access.PublicOrigin;

/**
 * Knows where the search parameters of this server lead.
 *
 * @param registry the parameters in use
 * @param extractor finds what they name in a resource
 * @param origin a reference to this server may be written in full
 */
public record SearchLinks(ISearchParamRegistry registry, ISearchParamExtractor extractor, PublicOrigin origin) {

    private static final Set<String> OF_EVERY_TYPE = Set.of("_id", "_lastUpdated", "_tag", "_profile", "_security");

    /** Whether a type can be searched by a parameter. */
    boolean knows(String type, String parameter) {
        return OF_EVERY_TYPE.contains(parameter)
                || registry.getActiveSearchParam(type, parameter, SearchParamLookupContextEnum.SEARCH) != null;
    }

    /** The types that a parameter's references lead to, none for every type; empty unless it is one of references. */
    Optional<Set<String>> targets(String type, String parameter) {
        return Optional.ofNullable(registry.getActiveSearchParam(type, parameter, SearchParamLookupContextEnum.SEARCH))
                .filter(known -> known.getParamType() == RestSearchParameterTypeEnum.REFERENCE)
                .map(known -> Set.copyOf(known.getTargets()));
    }

    /** What a resource refers to on this server by a parameter, such as {@code Patient/alice}. */
    Set<String> references(Resource resource, String parameter) {
        return extractor.extractResourceLinks(resource, false).stream()
                .filter(link -> link.getSearchParamName().equals(parameter) && !link.isCanonical())
                .filter(link -> link.getRef() instanceof Reference)
                .map(link -> new IdType(((Reference) link.getRef()).getReference()))
                .filter(id -> id.hasResourceType() && id.hasIdPart())
                .filter(id -> !id.hasBaseUrl() || id.getBaseUrl().equals(origin.fhirBase()))
                .map(id -> id.getResourceType() + "/" + id.getIdPart())
                .collect(Collectors.toUnmodifiableSet());
    }
}
