package org.rapport.server;

import java.time.Clock;
import org.rapport.access.PublicOrigin;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Beans that belong to the process as a whole. */
@Configuration(proxyBeanMethods = false)
class ServerConfiguration {

    @Bean
    DataDirectory dataDirectory(ServerSettings settings) {
        return DataDirectory.lock(settings.dataDir());
    }

    @Bean
    PublicOrigin publicOrigin(ServerSettings settings, HttpSettings http) {
        String configured = settings.baseUrl();
        if (configured == null || configured.isBlank()) {
            return new PublicOrigin("http://127.0.0.1:" + http.port());
        }
        try {
            return new PublicOrigin(configured);
        } catch (IllegalArgumentException e) {
            throw new StartFailure(
                    "The property rapport.base-url has the value \"" + configured
                            + "\"; expected an origin without a path, such as https://fhir.example.org.",
                    e);
        }
    }

    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.systemUTC();
    }
}
