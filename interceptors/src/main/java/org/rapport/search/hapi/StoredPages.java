package org.rapport.search.hapi;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.searchparam.MatchUrlService;
import ca.uhn.fhir.rest.api.SortOrderEnum;
import ca.uhn.fhir.rest.api.SortSpec;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Resource;

/** Reads pages of searches with the server's own rights. */
public interface StoredPages {

    /** Whether the store answers for a type, to everybody alike. */
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

        /** One is read from the audit log, of the other the store shows headers to their author alone. */
        private static final Set<String> APART = Set.of("AuditEvent", "Subscription");

        private static final String SORT = "_sort";

        @Override
        public boolean keep(String type) {
            return daos.isResourceTypeSupported(type) && !APART.contains(type);
        }

        @Override
        public List<Resource> page(String type, List<Map.Entry<String, String>> parameters, int offset, int count) {
            var asked = parameters.stream()
                    .filter(one -> !one.getKey().equals(SORT))
                    .toList();
            var search = urls.translateMatchUrl(
                    type + "?" + Questions.query(asked),
                    fhir.getResourceDefinition(type),
                    MatchUrlService.processIncludes());
            search.setCount(count);
            order(parameters).ifPresent(search::setSort);
            // HAPI takes the offset from the request, also where the search has one
            var request = new SystemRequestDetails();
            request.setParameters(Map.of(PrivatePages.OFFSET, new String[] {Integer.toString(offset)}));
            return daos.getResourceDao(type).search(search, request).getResources(0, Integer.MAX_VALUE).stream()
                    .map(Resource.class::cast)
                    .toList();
        }

        /** HAPI does not read the order from a URL. */
        private static Optional<SortSpec> order(List<Map.Entry<String, String>> parameters) {
            var keys = parameters.stream()
                    .filter(one -> one.getKey().equals(SORT))
                    .flatMap(one -> Stream.of(one.getValue().split(",", -1)))
                    .toList();
            Optional<SortSpec> rest = Optional.empty();
            for (int last = keys.size() - 1; last >= 0; last--) {
                var key = keys.get(last);
                boolean falling = key.startsWith("-");
                var spec = new SortSpec(
                        falling ? key.substring(1) : key, falling ? SortOrderEnum.DESC : SortOrderEnum.ASC);
                rest.ifPresent(spec::setChain);
                rest = Optional.of(spec);
            }
            return rest;
        }
    }
}
