package org.rapport.limit.hapi;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the limits of pages and patches into the FHIR server. */
@Configuration(proxyBeanMethods = false)
class PageConfiguration {

    @Bean
    PageInterceptor pageInterceptor() {
        return new PageInterceptor();
    }

    @Bean
    PatchInterceptor patchInterceptor() {
        return new PatchInterceptor();
    }
}
