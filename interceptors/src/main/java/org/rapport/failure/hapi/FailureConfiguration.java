package org.rapport.failure.hapi;

import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the error translation into the FHIR server. */
@Configuration(proxyBeanMethods = false)
class FailureConfiguration {

    @Bean
    FailureInterceptor failureInterceptor() {
        return new FailureInterceptor(UUID::randomUUID);
    }
}
