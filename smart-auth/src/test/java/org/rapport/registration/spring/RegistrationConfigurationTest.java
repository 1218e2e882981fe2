package org.rapport.registration.spring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class RegistrationConfigurationTest {

    @Test
    @DisplayName("OA-035: unless the operator wants it there is no registration endpoint (404)")
    void offersNoEndpointUnlessAsked() {
        new ApplicationContextRunner()
                .withUserConfiguration(RegistrationConfiguration.Endpoint.class)
                .run(context -> assertThat(context).doesNotHaveBean("registrationEndpoint"));
    }
}
