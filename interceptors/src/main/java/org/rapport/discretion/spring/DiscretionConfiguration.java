package org.rapport.discretion.spring;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes every server discreet. */
@Configuration(proxyBeanMethods = false)
class DiscretionConfiguration {

    @Bean(initMethod = "install")
    QuietLoggers quietLoggers() {
        return new QuietLoggers();
    }
}
