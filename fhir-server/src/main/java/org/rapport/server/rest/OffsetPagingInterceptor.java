package org.rapport.server.rest;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.api.Constants;
import ca.uhn.fhir.rest.api.SortSpec;

/**
 * Ends every sort with the row number, so that pages cut by offset neither repeat nor skip a resource.
 *
 * <p>HAPI's {@code ForceOffsetSearchModeInterceptor} runs beside it: no search is stored, none writes a row.
 */
@Interceptor
public class OffsetPagingInterceptor {

    /** Appends the tie-break to the sort of a search that is about to run. */
    @Hook(Pointcut.STORAGE_PRESEARCH_REGISTERED)
    public void breakTies(SearchParameterMap search) {
        if (search.isLoadSynchronous() || search.getEverythingMode() != null) {
            return;
        }
        SortSpec last = search.getSort();
        if (last == null) {
            search.setSort(new SortSpec(Constants.PARAM_PID));
            return;
        }
        while (last.getChain() != null) {
            last = last.getChain();
        }
        if (!Constants.PARAM_PID.equals(last.getParamName())) {
            last.setChain(new SortSpec(Constants.PARAM_PID));
        }
    }
}
