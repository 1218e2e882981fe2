package org.rapport.search.hapi;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.searchparam.MatchUrlService;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.Resource;

/** Asks the store a search as requests write it, with the server's own rights. */
@FunctionalInterface
public interface StoredQuestions {

    /**
     * The resources that match.
     *
     * @param parameters plain ones, all of which must match
     * @param most how many at most
     */
    List<Resource> find(String type, List<Map.Entry<String, String>> parameters, int most);

    /**
     * Asks HAPI's store.
     *
     * @param daos search each type
     * @param urls reads the parameters
     * @param fhir knows the types
     */
    record In(DaoRegistry daos, MatchUrlService urls, FhirContext fhir) implements StoredQuestions {

        @Override
        public List<Resource> find(String type, List<Map.Entry<String, String>> parameters, int most) {
            if (!daos.isResourceTypeSupported(type)) {
                return List.of();
            }
            var search =
                    urls.translateMatchUrl(type + "?" + Questions.query(parameters), fhir.getResourceDefinition(type));
            search.setLoadSynchronousUpTo(most);
            return daos
                    .getResourceDao(type)
                    .search(search, new SystemRequestDetails())
                    .getResources(0, Integer.MAX_VALUE)
                    .stream()
                    .map(Resource.class::cast)
                    .toList();
        }
    }
}
