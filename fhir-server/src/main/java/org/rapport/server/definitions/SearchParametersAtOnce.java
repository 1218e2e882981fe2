package org.rapport.server.definitions;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.jpa.searchparam.registry.ISearchParamProvider;
import ca.uhn.fhir.jpa.searchparam.registry.SearchParamRegistryImpl;
import ca.uhn.fhir.rest.api.server.IBundleProvider;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.SearchParameter;

/**
 * Gives HAPI's registry its search parameters from one search; the registry itself asks for each by its id.
 *
 * <p>Each resource is handed out once and then forgotten, so that nothing here can grow old.
 */
final class SearchParametersAtOnce implements ISearchParamProvider {

    static final int MAX = SearchParamRegistryImpl.MAX_MANAGED_PARAM_COUNT;

    private final DaoRegistry store;
    private final Map<String, IBaseResource> waiting = new ConcurrentHashMap<>();

    SearchParametersAtOnce(DaoRegistry store) {
        this.store = store;
    }

    @Override
    public IBundleProvider search(SearchParameterMap parameters) {
        return store.getResourceDao(SearchParameter.class).search(parameters, new SystemRequestDetails());
    }

    @Override
    public IBaseResource read(IIdType id) {
        return handOut(id)
                .or(() -> {
                    fetchAll();
                    return handOut(id);
                })
                .orElseGet(() -> store.getResourceDao(SearchParameter.class).read(id, new SystemRequestDetails()));
    }

    /** The waiting resource, unless it is of another version than the one asked for. */
    private Optional<IBaseResource> handOut(IIdType id) {
        return Optional.ofNullable(waiting.remove(id.getIdPart()))
                .filter(found -> !id.hasVersionIdPart()
                        || id.getVersionIdPart().equals(found.getIdElement().getVersionIdPart()));
    }

    private void fetchAll() {
        waiting.clear();
        search(all())
                .getResources(0, MAX)
                .forEach(found -> waiting.put(found.getIdElement().getIdPart(), found));
    }

    /** A search for every search parameter of the store; without a count HAPI stops at one page. */
    static SearchParameterMap all() {
        return SearchParameterMap.newSynchronous().setLoadSynchronousUpTo(MAX).setCount(MAX);
    }
}
