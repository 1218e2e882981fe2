package org.rapport.limit.hapi;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.Constants;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.util.List;

/**
 * Keeps requests from steering how long HAPI works on them: it would end a search early, and say nothing of it, for who asks
 * it to store none, which it does not anyway; and try a batch as a transaction and again after pauses, on the thread of the
 * request.
 */
@Interceptor(order = PageInterceptor.ORDER)
class SteeringHeadersInterceptor {

    private static final List<String> STEERING = List.of(Constants.HEADER_CACHE_CONTROL, "X-Transaction-Semantics");

    /** Drops the headers before HAPI reads them. */
    @Hook(Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLER_SELECTED)
    public void drop(ServletRequestDetails request) {
        STEERING.stream()
                .filter(header -> request.getHeader(header) != null)
                .forEach(header -> request.setHeaders(header, List.of()));
    }
}
