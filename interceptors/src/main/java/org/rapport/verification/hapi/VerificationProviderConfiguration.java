package org.rapport.verification.hapi;

import java.time.Clock;
import org.rapport.checkpoint.Reseals;
import org.rapport.verification.ChainVerifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Joins the operations to the FHIR server. */
@Configuration(proxyBeanMethods = false)
class VerificationProviderConfiguration {

    @Bean
    VerificationProvider verificationProvider(ChainVerifier verifier, Reseals reseals, Clock clock) {
        return new VerificationProvider(verifier, reseals, clock);
    }
}
