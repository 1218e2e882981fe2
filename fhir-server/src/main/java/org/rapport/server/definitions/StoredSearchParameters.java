package org.rapport.server.definitions;

import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.jpa.api.dao.IFhirSystemDao;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Meta;
import org.hl7.fhir.r4.model.SearchParameter;

/**
 * The active search parameters as resources of the store, where HAPI reads them.
 *
 * @param system runs the one transaction that replaces them
 * @param stored finds those that were stored before
 */
record StoredSearchParameters(IFhirSystemDao<Bundle, Meta> system, IFhirResourceDao<SearchParameter> stored) {

    private static final String R4 = "http://hl7.org/fhir/SearchParameter/";

    /** Stores these and takes away every other base parameter of R4. */
    void replaceBy(List<SearchParameter> active) {
        var bundle = new Bundle().setType(Bundle.BundleType.TRANSACTION);
        active.forEach(parameter -> bundle.addEntry()
                .setResource(parameter)
                .getRequest()
                .setMethod(Bundle.HTTPVerb.PUT)
                .setUrl("SearchParameter/" + parameter.getIdElement().getIdPart()));
        obsolete(active)
                .forEach(id -> bundle.addEntry()
                        .getRequest()
                        .setMethod(Bundle.HTTPVerb.DELETE)
                        .setUrl("SearchParameter/" + id));
        system.transaction(new SystemRequestDetails(), bundle);
    }

    private List<String> obsolete(List<SearchParameter> active) {
        Set<String> kept = active.stream()
                .map(parameter -> parameter.getIdElement().getIdPart())
                .collect(Collectors.toSet());
        return stored
                .search(SearchParametersAtOnce.all(), new SystemRequestDetails())
                .getResources(0, SearchParametersAtOnce.MAX)
                .stream()
                .map(SearchParameter.class::cast)
                .filter(parameter -> parameter.hasUrl() && parameter.getUrl().startsWith(R4))
                .map(parameter -> parameter.getIdElement().getIdPart())
                .filter(id -> !kept.contains(id))
                .toList();
    }
}
