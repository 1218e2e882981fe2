package org.rapport.audit.hapi;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RequestTypeEnum;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;

/** Notes what a search asks that comes by POST or in a bundle, before anything narrows it. */
@Interceptor(order = SearchInBody.ORDER)
class SearchInBody {

    /** Before the access decision. */
    static final int ORDER = -2_000;

    private static final String BUNDLE = SearchInBody.class.getName() + ".bundle";

    /** Writes the parameters as they would stand in an address. */
    @Hook(Pointcut.SERVER_INCOMING_REQUEST_POST_PROCESSED)
    public void note(ServletRequestDetails request) {
        if (request.getRequestType() == RequestTypeEnum.POST
                && request.getRestOperationType() == RestOperationTypeEnum.SEARCH_TYPE) {
            Trails.of(request)
                    .ask(request.getParameters().entrySet().stream()
                            .flatMap(parameter -> Stream.of(parameter.getValue())
                                    .map(value -> encoded(parameter.getKey()) + "=" + encoded(value)))
                            .collect(Collectors.joining("&")));
        }
    }

    /** Keeps what the entries of a bundle ask; narrowing changes the urls of those that search. */
    @Hook(Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLED)
    public void noteEntries(ServletRequestDetails request) {
        if (!request.isSubRequest() && request.getResource() instanceof Bundle bundle) {
            var asked = new Bundle();
            bundle.getEntry()
                    .forEach(entry -> asked.addEntry()
                            .setRequest(entry.getRequest().copy())
                            .setResource(entry.getResource()));
            request.getUserData().put(BUNDLE, asked);
        }
    }

    /** The bundle as it was asked, before anything narrowed its entries; empty for what is no bundle. */
    static Bundle bundle(ServletRequestDetails request) {
        return request.getUserData().get(BUNDLE) instanceof Bundle asked ? asked : new Bundle();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
