package org.rapport.server.rest;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.api.Constants;
import ca.uhn.fhir.rest.api.SortSpec;
import org.rapport.failure.Failure;
import org.rapport.failure.hapi.FailureException;
import org.rapport.limit.RequestLimits;

/**
 * Ends every sort with the row number, so that pages cut by offset neither repeat nor skip a resource.
 *
 * <p>HAPI's {@code ForceOffsetSearchModeInterceptor} runs beside it: no search is stored, none writes a row.
 */
@Interceptor
public class OffsetPagingInterceptor {

    private static final int BEFORE_HAPIS = -100;

    /**
     * Answers a search by {@code _text} or {@code _content} with one page. The index knows neither our tie-break nor other
     * orders, and HAPI would drop the free text without a word rather than the order.
     *
     * @throws FailureException 400 when an order or a later page is asked for
     */
    @Hook(value = Pointcut.STORAGE_PRESEARCH_REGISTERED, order = BEFORE_HAPIS)
    public void searchFreeTextAtOnce(SearchParameterMap search) {
        boolean freeText = search.containsKey(Constants.PARAM_TEXT) || search.containsKey(Constants.PARAM_CONTENT);
        if (!freeText || search.getEverythingMode() != null) {
            return;
        }
        if (search.getSort() != null || search.getOffset() != null) {
            throw new FailureException(Failure.of(
                    400,
                    "not-supported",
                    "A search by _text or _content has one page and no _sort; leave _sort and _offset out"));
        }
        search.setLoadSynchronous(true);
        if (search.getCount() == null) {
            search.setCount(RequestLimits.USUAL_PAGE);
        }
    }

    /**
     * Appends the tie-break to the sort of a search that is about to run. HAPI calls a search with an offset synchronous,
     * like one without pages; only the latter needs no order.
     */
    @Hook(Pointcut.STORAGE_PRESEARCH_REGISTERED)
    public void breakTies(SearchParameterMap search) {
        boolean withoutPages = search.isLoadSynchronous() && search.getOffset() == null;
        if (withoutPages || search.getEverythingMode() != null) {
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
