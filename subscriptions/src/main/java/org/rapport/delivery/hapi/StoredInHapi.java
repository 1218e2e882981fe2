package org.rapport.delivery.hapi;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.searchparam.MatchUrlService;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.jpa.searchparam.matcher.InMemoryResourceMatcher;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.param.TokenParam;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.util.Optional;
import java.util.OptionalLong;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Subscription;
import org.hl7.fhir.r4.model.Subscription.SubscriptionStatus;
import org.rapport.delivery.Criteria;
import org.rapport.delivery.FhirStore;
import org.springframework.transaction.support.TransactionOperations;

/**
 * HAPI's store. What may fail runs apart from the transaction under way: an exception that leaves a DAO would mark that
 * one to be rolled back, even when it is caught.
 */
final class StoredInHapi implements FhirStore {

    private static final String ID = "_id";

    private final DaoRegistry daos;
    private final FhirContext fhir;
    private final InMemoryResourceMatcher matcher;
    private final MatchUrlService searches;
    private final TransactionOperations apart;
    private final RecentVersions recent = new RecentVersions();

    /**
     * @param apart runs a transaction of its own that only reads
     */
    StoredInHapi(
            DaoRegistry daos,
            FhirContext fhir,
            InMemoryResourceMatcher matcher,
            MatchUrlService searches,
            TransactionOperations apart) {
        this.daos = daos;
        this.fhir = fhir;
        this.matcher = matcher;
        this.searches = searches;
        this.apart = apart;
    }

    @Override
    public Optional<Resource> version(String type, String id, long version) {
        var versioned = new IdType(type, id, Long.toString(version));
        return recent.get(versioned, () -> stored(versioned));
    }

    private Optional<Resource> stored(IdType versioned) {
        try {
            return Optional.ofNullable(apart.execute(status -> (Resource)
                    daos.getResourceDao(versioned.getResourceType()).read(versioned, new SystemRequestDetails())));
        } catch (ResourceNotFoundException | ResourceGoneException e) {
            return Optional.empty();
        }
    }

    @Override
    public boolean understands(Criteria criteria) {
        if (!daos.isResourceTypeSupported(criteria.type())) {
            return false;
        }
        try {
            apart.executeWithoutResult(status -> matcher.canBeEvaluatedInMemory(criteria.search()));
            return true;
        } catch (InvalidRequestException | DataFormatException | IllegalArgumentException e) {
            return false;
        }
    }

    @Override
    public boolean matches(Criteria criteria, Resource resource) {
        return !criteria.narrows()
                || Boolean.TRUE.equals(apart.execute(status -> {
                    var told = matcher.match(criteria.search(), resource, null, new SystemRequestDetails());
                    return told.supported() ? told.matched() : isFound(criteria, resource);
                }));
    }

    private boolean isFound(Criteria criteria, Resource resource) {
        var search = searches.translateMatchUrl(criteria.search(), fhir.getResourceDefinition(criteria.type()));
        search.add(ID, new TokenParam(resource.getIdElement().getIdPart()));
        search.setLoadSynchronousUpTo(1);
        return !daos.getResourceDao(criteria.type())
                .search(search, new SystemRequestDetails())
                .getResources(0, 1)
                .isEmpty();
    }

    @Override
    public OptionalLong mark(String id, long version, SubscriptionStatus status, String error) {
        var dao = daos.getResourceDao(Subscription.class);
        var search = SearchParameterMap.newSynchronous().add(ID, new TokenParam(id));
        return dao.search(search, new SystemRequestDetails()).getAllResources().stream()
                .map(Subscription.class::cast)
                .filter(found -> found.getIdElement().getVersionIdPartAsLong() == version)
                .map(found -> found.setStatus(status).setError(error.isEmpty() ? null : error))
                .mapToLong(marked ->
                        dao.update(marked, new SystemRequestDetails()).getId().getVersionIdPartAsLong())
                .findFirst();
    }
}
