package org.rapport.access.hapi;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.searchparam.MatchUrlService;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.Resource;

/** Reads pages of searches with the server's own rights. */
interface StoredPages {

    /** Whether resources of a type lie in the store. */
    boolean keep(String type);

    /**
     * One page, in the order in which the store answers the same search to others.
     *
     * @param offset of the first match
     * @param count how many matches at most; what they include comes besides, and says so
     */
    List<Resource> page(String type, List<Map.Entry<String, String>> parameters, int offset, int count);

    /**
     * Reads HAPI's store.
     *
     * @param daos search each type
     * @param urls reads the parameters
     * @param fhir knows the types
     */
    record In(DaoRegistry daos, MatchUrlService urls, FhirContext fhir) implements StoredPages {

        private static final String READ_FROM_THE_LOG = "AuditEvent";

        @Override
        public boolean keep(String type) {
            return daos.isResourceTypeSupported(type) && !type.equals(READ_FROM_THE_LOG);
        }

        @Override
        public List<Resource> page(String type, List<Map.Entry<String, String>> parameters, int offset, int count) {
            var search = urls.translateMatchUrl(
                    type + "?" + Questions.query(parameters),
                    fhir.getResourceDefinition(type),
                    MatchUrlService.processIncludes());
            search.setCount(count);
            // HAPI takes the offset from the request, also where the search has one
            var request = new SystemRequestDetails();
            request.setParameters(Map.of(PrivatePages.OFFSET, new String[] {Integer.toString(offset)}));
            return daos.getResourceDao(type).search(search, request).getResources(0, Integer.MAX_VALUE).stream()
                    .map(Resource.class::cast)
                    .toList();
        }
    }
}
