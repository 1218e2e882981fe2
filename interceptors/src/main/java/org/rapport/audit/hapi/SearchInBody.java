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

/** Notes what a search asks that comes by POST, before anything narrows it. */
@Interceptor(order = SearchInBody.ORDER)
class SearchInBody {

    /** Before the access decision. */
    static final int ORDER = -2_000;

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

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
