package org.rapport.booking.hapi;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.param.TokenParam;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Resource;

/**
 * The store as booking sees it, with the server's own rights. Every call joins the transaction that runs.
 *
 * @param daos HAPI's store
 */
record Stored(DaoRegistry daos) {

    /** Without a number of its own a search would end with as many as a page holds. */
    private static final int MOST = 10_000;

    /** The current version; empty when there is none, or not any more. It is searched: a failed read would end the transaction. */
    <T extends Resource> Optional<T> find(Class<T> type, String id) {
        var search = SearchParameterMap.newSynchronous().add("_id", new TokenParam(id));
        return search(type, search).stream().findFirst();
    }

    /** One version, which must be there. */
    <T extends Resource> T version(Class<T> type, String id, long version) {
        return daos.getResourceDao(type)
                .read(new IdType(type.getSimpleName(), id, Long.toString(version)), new SystemRequestDetails());
    }

    /** What matches, without anything beyond the page that the search names. */
    <T extends Resource> List<T> search(Class<T> type, SearchParameterMap search) {
        if (search.getCount() == null) {
            search.setLoadSynchronousUpTo(MOST);
        }
        var found = daos.getResourceDao(type).search(search, new SystemRequestDetails());
        return found.getResources(0, Objects.requireNonNullElse(search.getCount(), MOST)).stream()
                .map(type::cast)
                .toList();
    }

    /**
     * Stores a new resource, or the next version of one.
     *
     * @param resource when it has an id with a version, it must still be that version
     */
    <T extends Resource> T write(Class<T> type, T resource) {
        IFhirResourceDao<T> dao = daos.getResourceDao(type);
        var outcome = resource.hasId()
                ? dao.update(resource, new SystemRequestDetails())
                : dao.create(resource, new SystemRequestDetails());
        return type.cast(outcome.getResource());
    }
}
