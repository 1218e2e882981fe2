package org.rapport.gate.hapi;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import org.jspecify.annotations.Nullable;
import org.rapport.search.hapi.SearchesUnderWay;

/** Saves the search that would find out whether something follows a page; it decides nothing. */
@Interceptor
class OneMoreInterceptor {

    /** When HAPI has taken a search apart. */
    @Hook(Pointcut.STORAGE_PRESEARCH_REGISTERED)
    public void readOneMore(SearchParameterMap search, @Nullable RequestDetails request) {
        if (request != null) {
            SearchesUnderWay.readOneMore(request, search);
        }
    }
}
