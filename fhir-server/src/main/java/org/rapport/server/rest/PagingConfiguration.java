package org.rapport.server.rest;

import ca.uhn.fhir.jpa.interceptor.ForceOffsetSearchModeInterceptor;
import org.rapport.limit.RequestLimits;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Paging by offset: no search is stored, so none can be read by somebody else. */
@Configuration(proxyBeanMethods = false)
class PagingConfiguration {

    @Bean
    ForceOffsetSearchModeInterceptor offsetPaging() {
        var interceptor = new ForceOffsetSearchModeInterceptor();
        interceptor.setDefaultCount(RequestLimits.USUAL_PAGE);
        return interceptor;
    }

    @Bean
    OffsetPagingInterceptor pagingTieBreak() {
        return new OffsetPagingInterceptor();
    }
}
