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
import org.hl7.fhir.r4.model.Resource;
import org.rapport.access.ContainedResources;

/**
 * Has everything that goes out asked about, at the places where HAPI does.
 *
 * <p>HAPI goes through each element of an answer in search of resources that nobody has asked about yet. Of a page of
 * matches, all of which were asked about one by one, only the entries are looked at.
 */
@Interceptor(order = AuthorizationConstants.ORDER_CONSENT_INTERCEPTOR)
class ResultInterceptor extends ConsentInterceptor {

    private static final String SHOWN = ResultInterceptor.class.getName();
    private static final String HELD = SHOWN + ".held";

    ResultInterceptor(ResultFilter filter) {
        super(filter);
    }

    /** Notes that a resource may be shown as it is. */
    static void noteShown(RequestDetails request, Resource resource) {
        noted(request, SHOWN).add(resource);
    }

    /** Notes that a document may be shown with all that it holds: each entry was asked about with it. */
    static void noteHeld(RequestDetails request, Bundle document) {
        document.getEntry().forEach(entry -> noted(request, HELD).add(entry.getResource()));
    }

    /** Whether a resource is an entry of a document that may be shown with all that it holds. */
    static boolean isHeld(RequestDetails request, Resource resource) {
        return noted(request, HELD).contains(resource);
    }

    @Override
    @Hook(Pointcut.SERVER_OUTGOING_RESPONSE)
    public void interceptOutgoingResponse(RequestDetails request, ResponseDetails response) {
        if (response.getResponseResource() instanceof Bundle page && isShown(page, noted(request, SHOWN))) {
            page.setTotalElement(null);
        } else {
            super.interceptOutgoingResponse(request, response);
        }
    }

    private static boolean isShown(Bundle page, Set<Resource> shown) {
        return page.getType() == BundleType.SEARCHSET
                && page.getEntry().stream()
                        .map(BundleEntryComponent::getResource)
                        .allMatch(resource -> shown.contains(resource) && ContainedResources.areAllOf(resource));
    }

    @SuppressWarnings("unchecked")
    private static Set<Resource> noted(RequestDetails request, String how) {
        return (Set<Resource>) request.getUserData()
                .computeIfAbsent(
                        how,
                        key -> Collections.synchronizedSet(
                                Collections.newSetFromMap(new IdentityHashMap<Resource, Boolean>())));
    }
}
