package org.rapport.server.definitions;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.api.dao.IFhirSystemDao;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Meta;
import org.hl7.fhir.r4.model.SearchParameter;
import org.rapport.ig.SearchParameterList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Installs changed definitions before the first port opens. */
final class DefinitionsAtStart implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(DefinitionsAtStart.class);
    private static final String R4_PARAMETER = "http://hl7.org/fhir/SearchParameter/";

    private final FhirContext fhir;
    private final DaoRegistry store;
    private final IFhirSystemDao<Bundle, Meta> system;
    private final ISearchParamRegistry registry;
    private final InstalledDefinitions installed;
    private boolean running;

    DefinitionsAtStart(
            FhirContext fhir,
            DaoRegistry store,
            IFhirSystemDao<Bundle, Meta> system,
            ISearchParamRegistry registry,
            InstalledDefinitions installed) {
        this.fhir = fhir;
        this.store = store;
        this.system = system;
        this.registry = registry;
        this.installed = installed;
    }

    @Override
    public void start() {
        var list = SearchParameterList.load();
        installed.install("search-parameters", InstalledDefinitions.content(list.toString()), () -> store(list));
        registry.forceRefresh();
        running = true;
    }

    private void store(SearchParameterList list) {
        var parameters = new ActiveSearchParameters(list).resources(fhir);
        LOG.info("Storing the {} search parameters that stay active", parameters.size());
        var bundle = new Bundle().setType(Bundle.BundleType.TRANSACTION);
        parameters.forEach(parameter -> put(bundle, parameter));
        retired(parameters).forEach(id -> delete(bundle, id));
        system.transaction(new SystemRequestDetails(), bundle);
    }

    private List<String> retired(List<SearchParameter> kept) {
        Set<String> ids = kept.stream()
                .map(parameter -> parameter.getIdElement().getIdPart())
                .collect(Collectors.toSet());
        return store
                .getResourceDao(SearchParameter.class)
                .search(SearchParameterMap.newSynchronous(), new SystemRequestDetails())
                .getAllResources()
                .stream()
                .map(SearchParameter.class::cast)
                .filter(stored -> stored.getUrl().startsWith(R4_PARAMETER))
                .map(stored -> stored.getIdElement().getIdPart())
                .filter(id -> !ids.contains(id))
                .toList();
    }

    private static void put(Bundle bundle, SearchParameter parameter) {
        bundle.addEntry()
                .setResource(parameter)
                .getRequest()
                .setMethod(Bundle.HTTPVerb.PUT)
                .setUrl("SearchParameter/" + parameter.getIdElement().getIdPart());
    }

    private static void delete(Bundle bundle, String id) {
        bundle.addEntry().getRequest().setMethod(Bundle.HTTPVerb.DELETE).setUrl("SearchParameter/" + id);
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return 0;
    }
}
