package org.rapport.limit.hapi;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the limits of pages into the FHIR server. */
@Configuration(proxyBeanMethods = false)
class PageConfiguration {

    @Bean
    PageInterceptor pageInterceptor() {
        return new PageInterceptor();
    }
}
