package org.rapport.gate.hapi;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.ResponseDetails;
import ca.uhn.fhir.rest.server.interceptor.auth.AuthorizationConstants;
import ca.uhn.fhir.rest.server.interceptor.consent.ConsentInterceptor;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Resource;

/**
 * Has everything that goes out asked about, at the places where HAPI does.
 *
 * <p>HAPI goes through each element of an answer in search of resources that nobody has asked about yet. Of a page of
 * matches, all of which were asked about one by one, only the entries are looked at.
 */
@Interceptor(order = AuthorizationConstants.ORDER_CONSENT_INTERCEPTOR)
class ResultInterceptor extends ConsentInterceptor {

    private static final String SHOWN = ResultInterceptor.class.getName();

    ResultInterceptor(ResultFilter filter) {
        super(filter);
    }

    /** Notes that a resource may be shown as it is. */
    static void noteShown(RequestDetails request, Resource resource) {
        shown(request).add(resource);
    }

    @Override
    @Hook(Pointcut.SERVER_OUTGOING_RESPONSE)
    public void interceptOutgoingResponse(RequestDetails request, ResponseDetails response) {
        if (response.getResponseResource() instanceof Bundle page && isShown(page, shown(request))) {
            page.setTotalElement(null);
        } else {
            super.interceptOutgoingResponse(request, response);
        }
    }

    /** What is contained in a resource belongs to it; entries of a Bundle in it would not. */
    private static boolean isShown(Bundle page, Set<Resource> shown) {
        return page.getType() == BundleType.SEARCHSET
                && page.getEntry().stream()
                        .map(BundleEntryComponent::getResource)
                        .allMatch(resource -> shown.contains(resource) && isFlat(resource));
    }

    private static boolean isFlat(Resource resource) {
        return resource instanceof DomainResource holder
                && holder.getContained().stream().allMatch(DomainResource.class::isInstance);
    }

    @SuppressWarnings("unchecked")
    private static Set<Resource> shown(RequestDetails request) {
        return (Set<Resource>) request.getUserData()
                .computeIfAbsent(
                        SHOWN,
                        key -> Collections.synchronizedSet(
                                Collections.newSetFromMap(new IdentityHashMap<Resource, Boolean>())));
    }
}
