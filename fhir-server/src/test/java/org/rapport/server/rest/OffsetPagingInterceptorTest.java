package org.rapport.server.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.api.SortSpec;
import ca.uhn.fhir.rest.param.StringParam;
import org.junit.jupiter.api.Test;
import org.rapport.failure.hapi.FailureException;

class OffsetPagingInterceptorTest {

    private static final String ROW = "_pid";

    private final OffsetPagingInterceptor paging = new OffsetPagingInterceptor();

    @Test
    void ordersTheFirstPage() {
        var search = new SearchParameterMap();
        paging.breakTies(search);
        assertThat(search.getSort().getParamName()).isEqualTo(ROW);
    }

    @Test
    void ordersEachFurtherPageWhichHapiCallsSynchronous() {
        var search = new SearchParameterMap();
        search.setOffset(200);
        search.setLoadSynchronous(true);
        paging.breakTies(search);
        assertThat(search.getSort().getParamName()).isEqualTo(ROW);
    }

    @Test
    void comesAfterTheOrderThatWasAskedFor() {
        var search = new SearchParameterMap();
        search.setSort(new SortSpec("family", null, new SortSpec("birthdate")));
        paging.breakTies(search);
        paging.breakTies(search);
        assertThat(search.getSort().getChain().getChain().getParamName()).isEqualTo(ROW);
        assertThat(search.getSort().getChain().getChain().getChain()).isNull();
    }

    @Test
    void leavesASearchWithoutPagesAlone() {
        var search = SearchParameterMap.newSynchronous();
        paging.breakTies(search);
        assertThat(search.getSort()).isNull();
    }

    @Test
    void givesFreeTextOnePage() {
        var search = freeText();
        paging.searchFreeTextAtOnce(search);
        paging.breakTies(search);
        assertThat(search.isLoadSynchronous()).isTrue();
        assertThat(search.getCount()).isEqualTo(50);
        assertThat(search.getSort()).isNull();
    }

    @Test
    void refusesAnOrderOrAFurtherPageOfFreeText() {
        var ordered = freeText();
        ordered.setSort(new SortSpec("family"));
        var further = freeText();
        further.setOffset(50);
        assertThatThrownBy(() -> paging.searchFreeTextAtOnce(ordered)).isInstanceOf(FailureException.class);
        assertThatThrownBy(() -> paging.searchFreeTextAtOnce(further)).isInstanceOf(FailureException.class);
    }

    private static SearchParameterMap freeText() {
        var search = new SearchParameterMap();
        search.add("_content", new StringParam("word"));
        return search;
    }
}
