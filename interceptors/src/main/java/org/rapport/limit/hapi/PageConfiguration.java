package org.rapport.limit.hapi;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the limits of pages and patches, and of what headers may ask for, into the FHIR server. */
@Configuration(proxyBeanMethods = false)
class PageConfiguration {

    @Bean
    PageInterceptor pageInterceptor() {
        return new PageInterceptor();
    }

    @Bean
    SteeringHeadersInterceptor steeringHeadersInterceptor() {
        return new SteeringHeadersInterceptor();
    }

    @Bean
    PatchInterceptor patchInterceptor() {
        return new PatchInterceptor();
    }
}
