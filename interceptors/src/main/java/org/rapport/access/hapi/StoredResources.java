package org.rapport.access.hapi;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.param.TokenParam;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.util.Optional;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Resource;

/** Reads what is stored with the server's own rights. */
@FunctionalInterface
public interface StoredResources {

    /**
     * The current version of a resource.
     *
     * @return empty when there is none, or when it was deleted
     */
    Optional<Resource> current(String type, String id);

    /**
     * Finds by a search, within a transaction that goes on: there, a read of what is missing would mark the whole
     * transaction for rollback.
     */
    static StoredResources within(DaoRegistry daos) {
        return (type, id) -> daos.isResourceTypeSupported(type)
                ? daos
                        .getResourceDao(type)
                        .search(
                                SearchParameterMap.newSynchronous("_id", new TokenParam(id)),
                                new SystemRequestDetails())
                        .getAllResources()
                        .stream()
                        .map(Resource.class::cast)
                        .findFirst()
                : Optional.empty();
    }

    /** Reads from the database. */
    static StoredResources in(DaoRegistry daos) {
        return (type, id) -> {
            if (!daos.isResourceTypeSupported(type)) {
                return Optional.empty();
            }
            try {
                var request = new SystemRequestDetails();
                return Optional.of((Resource) daos.getResourceDao(type).read(new IdType(type, id), request));
            } catch (ResourceNotFoundException | ResourceGoneException e) {
                return Optional.empty();
            }
        };
    }
}
