package org.rapport.content.hapi;

import ca.uhn.fhir.context.FhirContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the rules about content into HAPI's hooks. */
@Configuration(proxyBeanMethods = false)
class ContentConfiguration {

    @Bean
    ContentInterceptor contentInterceptor(FhirContext fhir) {
        return new ContentInterceptor(fhir);
    }
}
