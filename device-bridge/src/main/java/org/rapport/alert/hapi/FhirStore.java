package org.rapport.alert.hapi;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.param.TokenOrListParam;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Resource;

/**
 * What is stored, with the server's own rights, in the transaction that runs.
 *
 * <p>Nothing is read by its id: HAPI answers for what is not there by an exception, which would undo the transaction.
 *
 * @param daos HAPI's
 */
public record FhirStore(DaoRegistry daos) {

    /** Without a number of its own a search would end with as many as a page holds. */
    private static final int MOST = 10_000;

    /** What a search finds. */
    public <T extends Resource> List<T> find(Class<T> type, SearchParameterMap search) {
        return daos
                .getResourceDao(type)
                .search(search.setLoadSynchronousUpTo(MOST), new SystemRequestDetails())
                .getResources(0, MOST)
                .stream()
                .map(type::cast)
                .toList();
    }

    /** Those of the resources that are there. */
    public <T extends Resource> List<T> current(Class<T> type, List<String> ids) {
        var anyOfThem = new TokenOrListParam();
        ids.forEach(id -> anyOfThem.add(null, id));
        return find(type, new SearchParameterMap().add("_id", anyOfThem));
    }

    /** The resource of that id; empty when it is not there or not any more. */
    public <T extends Resource> Optional<T> current(Class<T> type, String id) {
        return current(type, List.of(id)).stream().findFirst();
    }

    /** Stores a new resource under an id of the server's choice, which it returns. */
    public String create(Resource resource) {
        return dao(resource)
                .create(resource, new SystemRequestDetails())
                .getId()
                .getIdPart();
    }

    /** Stores a resource under its own id, be it new or another version. */
    public void put(Resource resource) {
        dao(resource).update(resource, new SystemRequestDetails());
    }

    private IFhirResourceDao<Resource> dao(Resource resource) {
        return daos.getResourceDao(resource);
    }
}
