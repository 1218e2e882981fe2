package org.rapport.relation.hapi;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.param.TokenOrListParam;
import java.util.Collection;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Resource;

/** Searches what is stored with the server's own rights. */
public interface StoredSearch {

    /** The resources that match. */
    <T extends Resource> Stream<T> find(Class<T> type, SearchParameterMap search);

    /** The resources with these logical ids; nothing is asked for none. */
    default <T extends Resource> Stream<T> find(Class<T> type, Collection<String> ids) {
        return ids.isEmpty() ? Stream.of() : find(type, among(ids));
    }

    /** A search that matches nothing but these logical ids. */
    static SearchParameterMap among(Collection<String> ids) {
        var anyOfThem = new TokenOrListParam();
        ids.forEach(id -> anyOfThem.add(null, id));
        return SearchParameterMap.newSynchronous().add("_id", anyOfThem);
    }

    /**
     * A search in HAPI's store.
     *
     * @param daos search each type
     */
    record In(DaoRegistry daos) implements StoredSearch {

        /** Without a number of its own a search would end with as many as a page holds. */
        private static final int MOST = 10_000;

        @Override
        public <T extends Resource> Stream<T> find(Class<T> type, SearchParameterMap search) {
            if (search.getLoadSynchronousUpTo() == null) {
                search.setLoadSynchronousUpTo(MOST);
            }
            return daos
                    .getResourceDao(type)
                    .search(search, new SystemRequestDetails())
                    .getResources(0, Integer.MAX_VALUE)
                    .stream()
                    .map(type::cast);
        }
    }
}
